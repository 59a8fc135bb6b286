package org.runwright.engine;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where models lie.
 *
 * @param processesDir {@code runwright.processes-dir}: the folder of BPMN, DMN and form files; a
 *     text, because Spring would look for a Path of that name on the class path too
 */
@ConfigurationProperties("runwright")
record ProcessesProperties(@DefaultValue("./processes") String processesDir) {}
