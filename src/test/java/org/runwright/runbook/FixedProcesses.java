package org.runwright.runbook;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Processes as a test wants them. */
class FixedProcesses implements Processes {

  private final Map<String, Boolean> asking = new HashMap<>();
  private final Set<String> reserved = new HashSet<>();

  FixedProcesses with(String id, boolean asksForApproval) {
    asking.put(id, asksForApproval);
    return this;
  }

  FixedProcesses without(String id) {
    asking.remove(id);
    return this;
  }

  FixedProcesses reserving(String name) {
    reserved.add(name);
    return this;
  }

  @Override
  public Set<String> ids() {
    return asking.keySet();
  }

  @Override
  public boolean asksForApproval(String processId) {
    return asking.get(processId);
  }

  @Override
  public Set<String> reservedVariables() {
    return reserved;
  }
}
