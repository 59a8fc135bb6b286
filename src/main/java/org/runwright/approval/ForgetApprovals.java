package org.runwright.approval;

import org.runwright.run.RunsForgotten;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Approvals go with their run, in the same transaction. */
@Component
class ForgetApprovals {

  private final JdbcClient jdbc;

  ForgetApprovals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @EventListener
  void forget(RunsForgotten event) {
    for (String table : new String[] {"approval_decision", "approval"}) {
      jdbc.sql("delete from " + table + " where run_id in (:ids)")
          .param("ids", event.runIds())
          .update();
    }
  }
}
