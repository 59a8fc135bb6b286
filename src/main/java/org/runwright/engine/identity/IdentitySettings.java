package org.runwright.engine.identity;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.plugin.AdministratorAuthorizationPlugin;
import org.runwright.access.Group;
import org.springframework.stereotype.Component;

/** Makes the group {@code admin} Camunda's administrators, and tells the engine our rules. */
@Component
class IdentitySettings extends AdministratorAuthorizationPlugin {

  /** Names of people; Camunda's default allows letters and digits only. */
  static final String NAMES = "[a-zA-Z0-9][a-zA-Z0-9._@-]*";

  /** Far away: after each wrong password the wait doubles, up to a minute, and that is enough. */
  private static final int MANY = 1_000_000;

  IdentitySettings() {
    setAdministratorGroupName(Group.ADMIN.id());
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    // Who may decide about a task may claim and complete it, not hand it to others.
    engine.setDefaultUserPermissionNameForTask(Permissions.TASK_WORK.getName());
    engine.setUserResourceWhitelistPattern(NAMES);
    engine.setGroupResourceWhitelistPattern(NAMES);
    // Camunda would lock the name for good after ten wrong passwords: anyone could lock out anyone.
    engine.setLoginMaxAttempts(MANY);
    engine.setIdentityProviderSessionFactory(OneAdminGroup.factory());
    List<CommandChecker> checkers = new ArrayList<>();
    checkers.add(new TenantCommandChecker());
    checkers.add(new RetryingIsNotModifying());
    engine.setCommandCheckers(checkers);
  }
}
