package org.runwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of models show the models as they are now, element by element. */
class ModelPicturesTest {

  private static final Pattern DRAWN =
      Pattern.compile("djs-(shape|connection)\" data-element-id=\"([^\"]+)\"([^>]*)>");
  private static final Pattern PLACE =
      Pattern.compile("matrix\\(1 0 0 1 (-?[\\d.]+) (-?[\\d.]+)\\)");

  static Stream<Path> pictures() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("docs/runbooks"))) {
      return files.filter(file -> file.toString().endsWith(".svg")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void shows_every_element_where_the_model_has_it(Path picture) throws IOException {
    String name = picture.getFileName().toString().replace(".svg", "");
    var model = Bpmn.readModelFromFile(Path.of("processes", name + ".bpmn").toFile());
    Set<String> expected = new TreeSet<>();
    for (var shape : model.getModelElementsByType(BpmnShape.class)) {
      var bounds = shape.getBounds();
      expected.add(
          "%s at %s,%s"
              .formatted(
                  shape.getBpmnElement().getId(), place(bounds.getX()), place(bounds.getY())));
    }
    model
        .getModelElementsByType(BpmnEdge.class)
        .forEach(edge -> expected.add(edge.getBpmnElement().getId()));

    assertThat(drawn(Files.readString(picture)))
        .as("%s is out of date: export it again as SVG (Camunda Modeler does that)", picture)
        .isEqualTo(expected);
  }

  private static Set<String> drawn(String svg) {
    Set<String> drawn = new TreeSet<>();
    for (MatchResult found : DRAWN.matcher(svg).results().toList()) {
      String id = found.group(2);
      var place = PLACE.matcher(found.group(3));
      if (found.group(1).equals("connection")) {
        drawn.add(id);
      } else if (!id.endsWith("_label") && place.find()) {
        drawn.add(
            "%s at %s,%s"
                .formatted(
                    id,
                    place(Double.valueOf(place.group(1))),
                    place(Double.valueOf(place.group(2)))));
      }
    }
    return drawn;
  }

  private static long place(Double coordinate) {
    return Math.round(coordinate);
  }
}
