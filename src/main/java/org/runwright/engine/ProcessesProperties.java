package org.runwright.engine;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where models lie.
 *
 * @param processesDir {@code runwright.processes-dir}: the folder of BPMN, DMN and form files
 */
@ConfigurationProperties("runwright")
record ProcessesProperties(@DefaultValue("./processes") Path processesDir) {}
