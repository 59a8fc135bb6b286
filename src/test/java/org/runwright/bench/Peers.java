package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** The same commands by other tools, 32 hosts at a time, each as its users would do it. */
final class Peers {

  private static final int LIMIT_SECONDS = 600;

  private final Farm farm;
  private final Table table;

  Peers(Farm farm, Table table) {
    this.farm = farm;
    this.table = table;
  }

  /** Seconds of {@code ansible-playbook}; 0 if it is not installed. */
  double run(String work) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "rwb");
    try {
      ssh(folder, work);
      clush(folder, work);
      return ansible(folder, work);
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private void ssh(Path folder, String work) throws IOException, InterruptedException {
    String loop = "for i in 1 2 3 4 5 6; do ssh -F '%s' %s \"$0\" true || exit 255; done";
    String each = loop.formatted(farm.file("ssh_config"), master(folder, "s"));
    double time =
        timed(
            Map.of(),
            List.of(
                "sh",
                "-c",
                "printf '%s\\n' $1 | xargs -P 32 -n 1 sh -c \"$2\"",
                "sh",
                String.join(" ", farm.hosts()),
                each));
    table.add(Row.compared(1, "ssh with ControlMaster, " + work, Row.number(time) + " s"));
  }

  private void clush(Path folder, String work) throws IOException, InterruptedException {
    if (!Command.exists("clush")) {
      table.note("clush is not installed (package clustershell)");
      return;
    }
    List<String> once = new ArrayList<>(List.of("clush", "-S", "-f", "32", "-w"));
    once.add(String.join(",", farm.hosts()));
    String master = master(folder, "c").replace("%", "%%"); // clush replaces % itself
    once.addAll(List.of("-o", "-F " + farm.file("ssh_config") + " " + master));
    once.add("true");
    double time = 0;
    for (int i = 0; i < Models.COMMANDS; i++) {
      time += timed(Map.of(), once);
    }
    table.add(Row.compared(1, "clush with ControlMaster, " + work, Row.number(time) + " s"));
  }

  private double ansible(Path folder, String work) throws IOException, InterruptedException {
    if (!Command.exists("ansible-playbook")) {
      table.note("ansible-playbook is not installed (package ansible-core)");
      return 0;
    }
    Files.writeString(
        folder.resolve("ansible.cfg"),
        """
        [defaults]
        forks = 32
        interpreter_python = /usr/bin/python3
        retry_files_enabled = False
        local_tmp = %1$s/local
        [ssh_connection]
        pipelining = True
        control_path_dir = %1$s
        ssh_args = -o UserKnownHostsFile=%2$s -o ControlMaster=auto -o ControlPersist=30s
        """
            .formatted(folder, farm.file("known_hosts")));
    Files.writeString(
        folder.resolve("six.yml"),
        "- hosts: all\n  gather_facts: false\n  tasks:\n"
            + "    - command: \"true\"\n".repeat(Models.COMMANDS));
    Table.progress("ansible-playbook takes some minutes");
    double time =
        timed(
            Map.of("ANSIBLE_CONFIG", folder.resolve("ansible.cfg").toString()),
            List.of(
                "ansible-playbook",
                "-i",
                farm.file("inventory.yml").toString(),
                folder.resolve("six.yml").toString()));
    table.add(Row.compared(1, "ansible-playbook, pipelining, " + work, Row.number(time) + " s"));
    return time;
  }

  private static String master(Path folder, String name) {
    return "-o ControlMaster=auto -o ControlPersist=20s -o ControlPath=%s/%s-%%C"
        .formatted(folder, name);
  }

  private static double timed(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Command.run(environment, LIMIT_SECONDS, command);
    return (System.nanoTime() - begin) / 1e9;
  }
}
