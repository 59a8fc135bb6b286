package org.runwright.engine.identity;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.identity.Group;
import org.runwright.access.People;
import org.runwright.access.Person;
import org.springframework.stereotype.Component;

/** The people of Camunda's own tables. Thread-safe. */
@Component
class CamundaPeople implements People {

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_PASSWORD = 1000;

  private final IdentityService identity;

  CamundaPeople(IdentityService identity) {
    this.identity = identity;
  }

  @Override
  public Optional<Person> authenticate(String name, String password) {
    if (!couldBeName(name) || password.length() > LONGEST_PASSWORD) {
      return Optional.empty();
    }
    return isRight(name, password) ? find(name) : Optional.empty();
  }

  @Override
  public Optional<Person> find(String name) {
    if (!couldBeName(name)) {
      return Optional.empty();
    }
    // The id as it is stored: a database may compare names without regard to case.
    return Optional.ofNullable(identity.createUserQuery().userId(name).singleResult())
        .filter(user -> user.getId().equals(name))
        .map(
            user ->
                new Person(
                    user.getId(),
                    identity.createGroupQuery().groupMember(user.getId()).list().stream()
                        .map(Group::getId)
                        .collect(toUnmodifiableSet())));
  }

  private boolean isRight(String name, String password) {
    try {
      return identity.checkPassword(name, password);
    } catch (OptimisticLockingException countedBySomeoneElse) {
      return identity.checkPassword(name, password);
    }
  }

  private static boolean couldBeName(String name) {
    return name.length() <= LONGEST_NAME && name.matches(IdentitySettings.NAMES);
  }
}
