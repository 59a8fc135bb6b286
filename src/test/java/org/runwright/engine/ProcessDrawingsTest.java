package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Association;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the processes are drawn: Cockpit and Modeler show them to people. */
class ProcessDrawingsTest {

  static Stream<Path> files() throws IOException {
    return ProcessModelsTest.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void draws_every_element_and_its_label(Path file) {
    var model = ProcessModelsTest.read(file);
    for (var node : model.getModelElementsByType(FlowNode.class)) {
      var shape = shape(node);
      if (node instanceof Event || node instanceof Gateway) {
        assertThat(labelOf(shape)).as(node.getId()).isPresent();
      }
      if (node instanceof SubProcess) {
        assertThat(shape.isExpanded()).as(node.getId()).isTrue();
      }
    }
    for (var flow : model.getModelElementsByType(SequenceFlow.class)) {
      assertThat(labelOf(edge(flow)).isPresent())
          .as(flow.getId())
          .isEqualTo(flow.getName() != null);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void shapes_lie_beside_or_inside_each_other(Path file) {
    var nodes = List.copyOf(ProcessModelsTest.read(file).getModelElementsByType(FlowNode.class));
    for (var node : nodes) {
      if (node.getParentElement() instanceof SubProcess parent) {
        assertThat(area(parent).contains(area(node))).as(node.getId()).isTrue();
      }
      for (var other : nodes) {
        boolean related = contains(node, other) || contains(other, node);
        if (!node.equals(other) && !related && !isOnEdgeOf(node, other)) {
          assertThat(area(node).intersects(area(other)))
              .as("%s over %s", node.getId(), other.getId())
              .isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void edges_begin_and_end_at_their_shapes(Path file) {
    var model = ProcessModelsTest.read(file);
    for (var flow : model.getModelElementsByType(SequenceFlow.class)) {
      touches(edge(flow), flow.getSource(), flow.getTarget());
    }
    for (var link : model.getModelElementsByType(Association.class)) {
      touches(edge(link), link.getSource(), link.getTarget());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void edges_run_straight_and_cross_neither_each_other_nor_a_task(Path file) {
    var model = ProcessModelsTest.read(file);
    var flows = List.copyOf(model.getModelElementsByType(SequenceFlow.class));
    for (var flow : flows) {
      for (var line : lines(edge(flow))) {
        assertThat(line.getX1() == line.getX2() || line.getY1() == line.getY2())
            .as(flow.getId())
            .isTrue();
        crossesNothing(model, flow, line);
        for (var other : flows) {
          if (!other.equals(flow) && !other.getTarget().equals(flow.getTarget())) {
            assertThat(lines(edge(other)))
                .as("%s across %s", flow.getId(), other.getId())
                .noneMatch(line::intersectsLine);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void labels_cover_nothing(Path file) {
    var model = ProcessModelsTest.read(file);
    var labels = labels(model);
    for (int one = 0; one < labels.size(); one++) {
      var label = labels.get(one);
      assertThat(labels.subList(one + 1, labels.size()))
          .noneMatch(other -> label.area().intersects(other.area()));
      for (var node : model.getModelElementsByType(FlowNode.class)) {
        if (!(node instanceof SubProcess)) {
          assertThat(area(node).intersects(label.area()))
              .as("label of %s over %s", label.of(), node.getId())
              .isFalse();
        }
      }
      for (var flow : model.getModelElementsByType(SequenceFlow.class)) {
        assertThat(lines(edge(flow)))
            .as("%s through the label of %s", flow.getId(), label.of())
            .noneMatch(line -> line.intersects(label.area()));
      }
    }
  }

  private static void crossesNothing(BpmnModelInstance model, SequenceFlow flow, Line2D line) {
    for (var node : model.getModelElementsByType(FlowNode.class)) {
      boolean own = node.equals(flow.getSource()) || node.equals(flow.getTarget());
      boolean host = isOnEdgeOf(flow.getSource(), node);
      if (!own && !host && !contains(node, flow.getSource())) {
        assertThat(line.intersects(area(node)))
            .as("%s through %s", flow.getId(), node.getId())
            .isFalse();
      }
    }
  }

  private static void touches(BpmnEdge edge, BaseElement from, BaseElement to) {
    var lines = lines(edge);
    assertThat(reaches(area(from), lines.get(0).getP1())).as(edge.getId()).isTrue();
    assertThat(reaches(area(to), lines.get(lines.size() - 1).getP2())).as(edge.getId()).isTrue();
  }

  private static boolean reaches(Rectangle2D area, Point2D point) {
    var grown =
        new Rectangle2D.Double(
            area.getX() - 1, area.getY() - 1, area.getWidth() + 2, area.getHeight() + 2);
    return grown.contains(point);
  }

  private static boolean isOnEdgeOf(FlowNode node, FlowNode other) {
    return (node instanceof BoundaryEvent event && event.getAttachedTo().equals(other))
        || (other instanceof BoundaryEvent boundary && boundary.getAttachedTo().equals(node));
  }

  private static boolean contains(FlowNode outer, FlowNode inner) {
    for (var scope = inner.getParentElement(); scope != null; scope = scope.getParentElement()) {
      if (scope.equals(outer)) {
        return true;
      }
    }
    return false;
  }

  private record Label(String of, Rectangle2D area) {}

  private static List<Label> labels(BpmnModelInstance model) {
    var labels = new ArrayList<Label>();
    for (var node : model.getModelElementsByType(FlowNode.class)) {
      labelOf(shape(node)).ifPresent(area -> labels.add(new Label(node.getId(), area)));
    }
    for (var flow : model.getModelElementsByType(SequenceFlow.class)) {
      labelOf(edge(flow)).ifPresent(area -> labels.add(new Label(flow.getId(), area)));
    }
    return labels;
  }

  private static Optional<Rectangle2D> labelOf(BpmnShape shape) {
    return Optional.ofNullable(shape.getBpmnLabel()).flatMap(ProcessDrawingsTest::areaOf);
  }

  private static Optional<Rectangle2D> labelOf(BpmnEdge edge) {
    return Optional.ofNullable(edge.getBpmnLabel()).flatMap(ProcessDrawingsTest::areaOf);
  }

  private static Optional<Rectangle2D> areaOf(BpmnLabel label) {
    return Optional.ofNullable(label.getBounds()).map(ProcessDrawingsTest::rectangle);
  }

  private static Rectangle2D area(BaseElement element) {
    return rectangle(shape(element).getBounds());
  }

  private static Rectangle2D rectangle(Bounds bounds) {
    return new Rectangle2D.Double(
        bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
  }

  private static List<Line2D> lines(BpmnEdge edge) {
    var points =
        edge.getWaypoints().stream()
            .map(point -> new Point2D.Double(point.getX(), point.getY()))
            .toList();
    return IntStream.range(1, points.size())
        .<Line2D>mapToObj(end -> new Line2D.Double(points.get(end - 1), points.get(end)))
        .toList();
  }

  private static BpmnShape shape(BaseElement element) {
    assertThat(element.getDiagramElement()).as(element.getId()).isInstanceOf(BpmnShape.class);
    return (BpmnShape) element.getDiagramElement();
  }

  private static BpmnEdge edge(BaseElement element) {
    assertThat(element.getDiagramElement()).as(element.getId()).isInstanceOf(BpmnEdge.class);
    return (BpmnEdge) element.getDiagramElement();
  }
}
