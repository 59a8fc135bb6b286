package org.runwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** docs/dependencies.md has everything that pom.xml names, each with a reason and a licence. */
class DependenciesPageTest {

  private static final String NAMED =
      """
      /project/parent/artifactId
      | /project/dependencyManagement/dependencies/dependency/artifactId
      | /project/dependencies/dependency/artifactId
      | //plugin/artifactId
      | //plugin//path/artifactId
      | //plugin/dependencies/dependency/artifactId
      """;

  private static final List<List<String>> ROWS =
      List.of("## In the product", "## In tests only", "## In the build").stream()
          .flatMap(heading -> Page.read("docs/dependencies.md").rowsBelow(heading).stream())
          .toList();

  @Test
  void every_dependency_is_there_and_nothing_else() throws Exception {
    assertThat(ROWS.stream().flatMap(row -> Page.code(row.get(0)).stream()).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(dependencies());
  }

  @Test
  void each_has_a_reason_and_a_licence() {
    assertThat(ROWS)
        .allSatisfy(row -> assertThat(row).as(row.get(0)).hasSize(3).allMatch(c -> !c.isEmpty()));
  }

  private static TreeSet<String> dependencies() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    NodeList found =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(NAMED, pom, XPathConstants.NODESET);
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < found.getLength(); i++) {
      names.add(found.item(i).getTextContent().strip());
    }
    return names;
  }
}
