package org.runwright.engine.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.runwright.access.Group;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Who can log in when nobody has made any people yet. */
@Component
class FirstPeople {

  static final String GIVEN_PASSWORD = "RUNWRIGHT_ADMIN_PASSWORD";

  private static final Logger log = LoggerFactory.getLogger(FirstPeople.class);
  private static final String ADMIN = Group.ADMIN.id();
  private static final String MADE_FOR_DEMO = "runwright-demo";
  private static final int SHORTEST_PASSWORD = 8;
  private static final int RANDOM_BYTES = 24;

  private final IdentityService identity;
  private final Environment environment;
  private final PasswordFile file;

  FirstPeople(
      IdentityService identity,
      Environment environment,
      @Value("${runwright.data-dir}") Path dataDir) {
    this.identity = identity;
    this.environment = environment;
    this.file = new PasswordFile(dataDir.resolve("admin-password"));
  }

  /** Also the way back in when the last admin is gone: start again. */
  void makeAdminIfNone() {
    if (identity.createUserQuery().memberOfGroup(ADMIN).count() > 0) {
      return;
    }
    Optional<String> given = given();
    String password = given.orElseGet(FirstPeople::random);
    save(ADMIN, "First", "Admin", password);
    join(ADMIN, ADMIN);
    if (given.isPresent()) {
      log.info("made the first person, admin, with the password of {}", GIVEN_PASSWORD);
    } else {
      file.write(password);
      removeOnRollback();
      log.info(
          "made the first person, admin; the password is in {}: log in, change it, delete the file",
          file.path());
    }
  }

  void makeDemoPeople() {
    for (Group group : Group.values()) {
      String name = group.id();
      if (identity.createUserQuery().userId(name).count() == 0) {
        save(name, "Demo", name, name);
        identity.setUserInfo(name, MADE_FOR_DEMO, "true");
        join(name, name);
        if (group == Group.OPERATOR || group == Group.APPROVER) {
          join(name, Group.VIEWER.id());
        }
      }
    }
  }

  void removeDemoPeople() {
    for (Group group : Group.values()) {
      String name = group.id();
      if (identity.getUserInfo(name, MADE_FOR_DEMO) != null) {
        identity.deleteUserInfo(name, MADE_FOR_DEMO);
        identity.deleteUser(name);
        log.info("removed {}, whose password was known from a demo", name);
      }
    }
  }

  private void save(String name, String first, String last, String password) {
    User user = identity.createUserQuery().userId(name).singleResult();
    if (user == null) {
      user = identity.newUser(name);
      user.setFirstName(first);
      user.setLastName(last);
    }
    user.setPassword(password);
    identity.saveUser(user);
  }

  private void join(String name, String group) {
    if (identity.createUserQuery().userId(name).memberOfGroup(group).count() == 0) {
      identity.createMembership(name, group);
    }
  }

  private Optional<String> given() {
    Optional<String> given = Optional.ofNullable(environment.getProperty(GIVEN_PASSWORD));
    if (given.isPresent() && given.get().strip().length() < SHORTEST_PASSWORD) {
      throw new IllegalStateException(
          "the password in %s has less than %d characters; take a longer one, or unset it to get a"
                  .formatted(GIVEN_PASSWORD, SHORTEST_PASSWORD)
              + " random one");
    }
    return given;
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void removeOnRollback() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            if (status == STATUS_ROLLED_BACK) {
              file.remove();
            }
          }
        });
  }
}
