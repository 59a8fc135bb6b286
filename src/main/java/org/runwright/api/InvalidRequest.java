package org.runwright.api;

import java.util.List;

/** A request that is well formed but says something that cannot be; each field with its reason. */
class InvalidRequest extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  InvalidRequest(String field, String message) {
    this(List.of(new FieldError(field, message)));
  }

  InvalidRequest(List<FieldError> errors) {
    super("the request is invalid");
    this.errors = List.copyOf(errors);
  }

  List<FieldError> errors() {
    return errors;
  }
}
