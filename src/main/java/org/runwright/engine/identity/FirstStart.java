package org.runwright.engine.identity;

import org.camunda.bpm.engine.ProcessEngineException;
import org.runwright.access.AccessProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Before the server takes its first request: the groups with their rights, the lists of Tasklist,
 * and somebody who can log in.
 */
@Component
class FirstStart implements SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(FirstStart.class);
  private static final int TRIES = 5;

  private final AccessProperties settings;
  private final ServerProperties server;
  private final TransactionOperations transactions;
  private final GroupsAndRights groupsAndRights;
  private final TaskLists taskLists;
  private final FirstPeople firstPeople;

  FirstStart(
      AccessProperties settings,
      ServerProperties server,
      TransactionOperations transactions,
      GroupsAndRights groupsAndRights,
      TaskLists taskLists,
      FirstPeople firstPeople) {
    this.settings = settings;
    this.server = server;
    this.transactions = transactions;
    this.groupsAndRights = groupsAndRights;
    this.taskLists = taskLists;
    this.firstPeople = firstPeople;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (settings.demoUsers() && !listensOnLoopback()) {
      throw new IllegalStateException(
          "runwright.access.demo-users makes people whose passwords are their names, so it is"
              + " refused unless server.address is a loopback address such as 127.0.0.1; remove"
              + " the setting, or bind to loopback");
    }
    for (int attempt = 1; ; attempt++) {
      try {
        transactions.executeWithoutResult(status -> make());
        return;
      } catch (ProcessEngineException | DataAccessException e) {
        // Another node on the same database makes them at the same moment: look again.
        if (attempt == TRIES) {
          throw e;
        }
        log.info("groups and people could not be made, trying again: {}", e.getMessage());
      }
    }
  }

  private void make() {
    groupsAndRights.make();
    taskLists.make();
    if (settings.demoUsers()) {
      firstPeople.makeDemoPeople();
    } else {
      firstPeople.removeDemoPeople();
    }
    firstPeople.makeAdminIfNone();
  }

  private boolean listensOnLoopback() {
    return server.getAddress() != null && server.getAddress().isLoopbackAddress();
  }
}
