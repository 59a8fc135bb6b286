package org.runwright.engine.identity;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.Permissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.Permissions.READ_TASK;
import static org.camunda.bpm.engine.authorization.Resources.APPLICATION;
import static org.camunda.bpm.engine.authorization.Resources.BATCH;
import static org.camunda.bpm.engine.authorization.Resources.DECISION_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.DECISION_REQUIREMENTS_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.DEPLOYMENT;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_DEFINITION;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.runwright.access.Group;

/**
 * What members of a group may do in Camunda. The group {@code admin} has every right by itself; the
 * right to work on a task comes with being its candidate. No other group may change, suspend or
 * delete an instance, nor start one: that goes through runs, which ask for approvals, take locks
 * and keep a journal.
 */
record Right(Group group, Resource resource, String id, List<Permission> permissions) {

  static List<Right> all() {
    List<Right> rights = new ArrayList<>();
    for (Group group : List.of(Group.VIEWER, Group.OPERATOR, Group.APPROVER)) {
      rights.add(new Right(group, APPLICATION, "cockpit", List.of(ACCESS)));
      rights.add(new Right(group, APPLICATION, "tasklist", List.of(ACCESS)));
      rights.add(new Right(group, DEPLOYMENT, ANY, List.of(READ)));
      rights.add(new Right(group, DECISION_DEFINITION, ANY, List.of(READ, READ_HISTORY)));
      rights.add(new Right(group, DECISION_REQUIREMENTS_DEFINITION, ANY, List.of(READ)));
      rights.add(new Right(group, BATCH, ANY, List.of(READ, READ_HISTORY)));
      rights.add(new Right(group, PROCESS_DEFINITION, ANY, onProcesses(group)));
    }
    return rights;
  }

  private static List<Permission> onProcesses(Group group) {
    List<Permission> permissions =
        new ArrayList<>(List.of(READ, READ_INSTANCE, READ_TASK, READ_HISTORY));
    if (group == Group.OPERATOR) {
      permissions.add(ProcessDefinitionPermissions.RETRY_JOB);
    }
    return permissions;
  }
}
