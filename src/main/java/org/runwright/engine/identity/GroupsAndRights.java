package org.runwright.engine.identity;

import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.runwright.access.Group;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The four groups with their rights, the same after every start. */
@Component
class GroupsAndRights {

  private final IdentityService identity;
  private final AuthorizationService authorizations;

  GroupsAndRights(IdentityService identity, AuthorizationService authorizations) {
    this.identity = identity;
    this.authorizations = authorizations;
  }

  void make() {
    for (Group group : Group.values()) {
      if (identity.createGroupQuery().groupId(group.id()).count() == 0) {
        org.camunda.bpm.engine.identity.Group made = identity.newGroup(group.id());
        made.setName(StringUtils.capitalize(group.id()) + "s");
        made.setType("WORKFLOW");
        identity.saveGroup(made);
      }
    }
    Right.all().forEach(this::grant);
  }

  private void grant(Right right) {
    AuthorizationEntity grant =
        (AuthorizationEntity)
            authorizations
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .groupIdIn(right.group().id())
                .resourceType(right.resource())
                .resourceId(right.id())
                .singleResult();
    if (grant == null) {
      grant = (AuthorizationEntity) authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
      grant.setGroupId(right.group().id());
      grant.setResource(right.resource());
      grant.setResourceId(right.id());
    }
    int before = grant.getPermissions();
    grant.setPermissions(right.permissions().toArray(Permission[]::new));
    if (grant.getPermissions() != before) {
      authorizations.saveAuthorization(grant);
    }
  }
}
