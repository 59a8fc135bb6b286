package org.runwright.api;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.runwright.access.Forbidden;
import org.runwright.approval.ApprovalRefused;
import org.runwright.run.RunRefused;
import org.runwright.runbook.InvalidInputs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Tells errors as RFC 9457 problem details: what is wrong, never what our code looks like. */
@RestControllerAdvice
class ApiErrors extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);
  private static final String ERRORS = "errors";

  @ExceptionHandler
  ProblemDetail invalid(InvalidRequest cause) {
    return invalid(cause.errors());
  }

  @ExceptionHandler
  ProblemDetail invalid(InvalidInputs cause) {
    return invalid(
        cause.problems().stream()
            .map(problem -> new FieldError("inputs." + problem.field(), problem.message()))
            .toList());
  }

  @ExceptionHandler
  ProblemDetail refused(RunRefused cause) {
    return problem(
        switch (cause.kind()) {
          case NOT_FOUND -> HttpStatus.NOT_FOUND;
          case CONFLICT -> HttpStatus.CONFLICT;
          case INVALID -> HttpStatus.UNPROCESSABLE_ENTITY;
          case DRAINING -> HttpStatus.SERVICE_UNAVAILABLE;
        },
        cause);
  }

  @ExceptionHandler
  ProblemDetail refused(ApprovalRefused cause) {
    return problem(cause.forbidden() ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT, cause);
  }

  @ExceptionHandler
  ProblemDetail forbidden(Forbidden cause) {
    return problem(HttpStatus.FORBIDDEN, cause);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooMany(TooManyStreams cause) {
    return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(cause.retryAfter().toSeconds()))
        .body(problem(HttpStatus.TOO_MANY_REQUESTS, cause));
  }

  @ExceptionHandler
  ProblemDetail unexpected(Exception cause, HttpServletRequest request) throws Exception {
    if (!request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
      throw cause;
    }
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), cause);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "the server failed at this; its log tells why, at this time and path");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException cause,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Throwable reason = cause.getMostSpecificCause();
    ProblemDetail problem =
        reason instanceof BodyTooLarge tooLarge
            ? ProblemDetail.forStatusAndDetail(
                HttpStatus.PAYLOAD_TOO_LARGE, String.valueOf(tooLarge.getMessage()))
            : unreadable(reason);
    return handleExceptionInternal(
        cause, problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException cause, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(status, "a parameter of the request is malformed");
    String name =
        cause instanceof MethodArgumentTypeMismatchException parameter ? parameter.getName() : "";
    String type =
        cause.getRequiredType() == null ? "" : cause.getRequiredType().getSimpleName().strip();
    problem.setProperty(ERRORS, List.of(new FieldError(name, "is not of the type " + type)));
    return handleExceptionInternal(cause, problem, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException cause,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return handleExceptionInternal(
        cause,
        ProblemDetail.forStatusAndDetail(
            status, "there is nothing here; /swagger-ui.html tells what there is"),
        headers,
        status,
        request);
  }

  private static ProblemDetail unreadable(Throwable reason) {
    if (reason instanceof UnrecognizedPropertyException unknown) {
      String allowed =
          unknown.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      return invalid(
          List.of(
              new FieldError(unknown.getPropertyName(), "is not known; there are: " + allowed)));
    }
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.BAD_REQUEST, "the body is not the JSON that this call takes");
    if (reason instanceof JsonMappingException mismatch && !mismatch.getPath().isEmpty()) {
      String field =
          mismatch.getPath().stream()
              .map(at -> at.getFieldName() == null ? "" : at.getFieldName())
              .collect(Collectors.joining("."));
      problem.setProperty(ERRORS, List.of(new FieldError(field, "is of the wrong type")));
    }
    return problem;
  }

  private static ProblemDetail invalid(List<FieldError> errors) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNPROCESSABLE_ENTITY,
            errors.stream()
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; ")));
    problem.setProperty(ERRORS, errors);
    return problem;
  }

  private static ProblemDetail problem(HttpStatus status, Exception cause) {
    return ProblemDetail.forStatusAndDetail(status, String.valueOf(cause.getMessage()));
  }
}
