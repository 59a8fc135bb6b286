package org.runwright.engine.identity;

import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.identity.db.DbUserQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.runwright.access.Group;

/**
 * Camunda's tables of people. Camunda's pages lead everybody to a page that makes an administrator
 * as long as nobody is in the group {@code camunda-admin}, which is fixed in their code; asked how
 * many people are in it, this answers for our group {@code admin}.
 */
class OneAdminGroup extends DbIdentityServiceProvider {

  @Override
  public long findUserCountByQueryCriteria(DbUserQueryImpl query) {
    if (Groups.CAMUNDA_ADMIN.equals(query.getGroupId())) {
      query.memberOfGroup(Group.ADMIN.id());
    }
    return super.findUserCountByQueryCriteria(query);
  }

  static SessionFactory factory() {
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return OneAdminGroup.class;
      }

      @Override
      public Session openSession() {
        return new OneAdminGroup();
      }
    };
  }
}
