package org.runwright.console;

import org.runwright.run.RunRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** Tells errors of pages as pages: what is wrong, never what our code looks like. */
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleErrors {

  private static final Logger log = LoggerFactory.getLogger(ConsoleErrors.class);

  @ExceptionHandler
  ModelAndView refused(RunRefused cause) {
    return page(status(cause), String.valueOf(cause.getMessage()));
  }

  @ExceptionHandler
  ModelAndView mismatch(MethodArgumentTypeMismatchException cause) {
    return page(HttpStatus.BAD_REQUEST, "“" + cause.getName() + "” in the address is malformed.");
  }

  @ExceptionHandler
  ModelAndView unexpected(Exception cause) {
    if (cause instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return page(
          HttpStatus.valueOf(known.getStatusCode().value()),
          String.valueOf(known.getBody().getDetail()));
    }
    log.error("a page failed", cause);
    return page(HttpStatus.INTERNAL_SERVER_ERROR, "The server failed at this; its log tells why.");
  }

  static HttpStatus status(RunRefused cause) {
    return switch (cause.kind()) {
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case CONFLICT -> HttpStatus.CONFLICT;
      case INVALID -> HttpStatus.UNPROCESSABLE_ENTITY;
      case DRAINING -> HttpStatus.SERVICE_UNAVAILABLE;
    };
  }

  private static ModelAndView page(HttpStatus status, String problem) {
    ModelAndView page = new ModelAndView("problem", status);
    page.addObject("problem", problem);
    return page;
  }
}
