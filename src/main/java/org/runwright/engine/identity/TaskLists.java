package org.runwright.engine.identity;

import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.runwright.access.Group;
import org.springframework.stereotype.Component;

/** The lists at the left of Tasklist, without which it shows nothing. */
@Component
class TaskLists {

  private final FilterService filters;
  private final TaskService tasks;
  private final AuthorizationService authorizations;

  TaskLists(FilterService filters, TaskService tasks, AuthorizationService authorizations) {
    this.filters = filters;
    this.tasks = tasks;
    this.authorizations = authorizations;
  }

  void make() {
    make(
        1,
        "For my groups",
        "Waits for somebody of your groups",
        tasks.createTaskQuery().taskCandidateGroupInExpression("${currentUserGroups()}"));
    make(
        2,
        "Mine",
        "You have claimed these",
        tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
    make(3, "All", "Everything that waits for a person", tasks.createTaskQuery());
  }

  private void make(int place, String name, String description, TaskQuery query) {
    if (filters.createTaskFilterQuery().filterName(name).count() > 0) {
      return;
    }
    Filter filter =
        filters.saveFilter(
            filters
                .newTaskFilter(name)
                .setQuery(query)
                .setProperties(
                    Map.of("description", description, "priority", place, "refresh", true)));
    for (Group group : List.of(Group.VIEWER, Group.OPERATOR, Group.APPROVER)) {
      Authorization grant = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
      grant.setGroupId(group.id());
      grant.setResource(Resources.FILTER);
      grant.setResourceId(filter.getId());
      grant.addPermission(Permissions.READ);
      authorizations.saveAuthorization(grant);
    }
  }
}
