package org.runwright.engine;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.runwright.step.StepRefused;

/** A service on one of its hosts, in models a text like {@code database@db1}. */
record Target(String service, String host) {

  static Target parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || at == text.length() - 1) {
      throw new StepRefused("target must be service@host, not " + text);
    }
    return new Target(text.substring(0, at), text.substring(at + 1));
  }

  static Target in(VariableScope scope) {
    if (scope.getVariable(Variables.TARGET) instanceof String text) {
      return parse(text);
    }
    throw new StepRefused("the model gives no target (service@host)");
  }

  @Override
  public String toString() {
    return service + "@" + host;
  }
}
