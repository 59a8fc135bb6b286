package org.runwright.engine;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.impl.juel.ExpressionFactoryImpl;
import org.camunda.bpm.impl.juel.SimpleContext;
import org.camunda.bpm.impl.juel.SimpleResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ExpressionFactory;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;
import org.runwright.platform.Platforms;
import org.runwright.run.Run;
import org.runwright.runbook.ApprovalRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides whether a rule asks for an approval. Its expression sees the run's inputs, {@code
 * requestedBy} and {@code runbook}, and behind them the variables of the inventory's group all; it
 * reaches no beans and no methods. A rule that cannot be evaluated asks for the approval.
 */
@Component
class ApprovalNeed {

  private static final Logger log = LoggerFactory.getLogger(ApprovalNeed.class);

  private final Platforms platforms;
  private final ExpressionFactory expressions = new ExpressionFactoryImpl();

  ApprovalNeed(Platforms platforms) {
    this.platforms = platforms;
  }

  boolean asks(ApprovalRule rule, Run run) {
    return rule.when().map(when -> evaluate(when, run)).orElse(true);
  }

  private boolean evaluate(String when, Run run) {
    Map<String, Object> known = new HashMap<>(platforms.current().inventory().variables());
    known.putAll(run.inputs());
    known.put("requestedBy", run.requestedBy());
    known.put("runbook", run.runbook());
    SimpleContext context = new SimpleContext(new SimpleResolver(new MapELResolver(true)));
    known.forEach(
        (name, value) ->
            context.setVariable(name, expressions.createValueExpression(value, Object.class)));
    try {
      return (Boolean)
          expressions.createValueExpression(context, when, Boolean.class).getValue(context);
    } catch (ELException e) {
      log.warn(
          "runbook {}: the approval rule {} cannot be evaluated, so approval is asked for: {}",
          run.runbook(),
          when,
          e.getMessage());
      return true;
    }
  }
}
