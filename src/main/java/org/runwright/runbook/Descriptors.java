package org.runwright.runbook;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.runwright.platform.FileProblem;

/**
 * The descriptors of a folder at one moment.
 *
 * @param runbooks in force, by id
 * @param owners the file of each id
 */
record Descriptors(
    SortedMap<String, Runbook> runbooks, Map<String, String> owners, List<FileProblem> problems) {}
