package org.runwright.platform;

import java.util.List;
import java.util.SortedMap;

/**
 * The files of a folder at one moment.
 *
 * @param files content by name; not to be changed
 * @param problems files that could not be read, or the folder itself
 * @param readable whether the folder could be looked at; one that is away is not an empty one
 */
public record FolderContent(
    SortedMap<String, byte[]> files, List<FileProblem> problems, boolean readable) {}
