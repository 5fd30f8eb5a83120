"""What a new process or decision table begins as: as little as can be drawn on."""

from typing import Final
from xml.sax.saxutils import quoteattr

_PROCESS: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" \
xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
id="definitions" targetNamespace="https://ehcflow.example/bpmn">
  <collaboration id="collaboration">
    <participant id="authority" name={name} processRef={key}/>
  </collaboration>
  <process id={key} name={name} isExecutable="true">
    <laneSet id="lanes">
      <lane id="sen_casework" name="SEN casework">
        <flowNodeRef>begins</flowNodeRef>
        <flowNodeRef>first_step</flowNodeRef>
        <flowNodeRef>done</flowNodeRef>
      </lane>
    </laneSet>
    <startEvent id="begins" name="It begins">
      <outgoing>to_first_step</outgoing>
    </startEvent>
    <userTask id="first_step" name="Take the first step">
      <extensionElements>
        <camunda:formData>
          <camunda:formField id="what_was_done" label="What was done" type="textarea"/>
        </camunda:formData>
      </extensionElements>
      <incoming>to_first_step</incoming>
      <outgoing>to_done</outgoing>
    </userTask>
    <endEvent id="done" name="It is done">
      <incoming>to_done</incoming>
    </endEvent>
    <sequenceFlow id="to_first_step" sourceRef="begins" targetRef="first_step"/>
    <sequenceFlow id="to_done" sourceRef="first_step" targetRef="done"/>
  </process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">
      <bpmndi:BPMNShape id="authority_shape" bpmnElement="authority" isHorizontal="true">
        <dc:Bounds x="160" y="80" width="600" height="200"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="sen_casework_shape" bpmnElement="sen_casework" isHorizontal="true">
        <dc:Bounds x="190" y="80" width="570" height="200"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="begins_shape" bpmnElement="begins">
        <dc:Bounds x="252" y="162" width="36" height="36"/>
        <bpmndi:BPMNLabel>
          <dc:Bounds x="245" y="205" width="50" height="14"/>
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="first_step_shape" bpmnElement="first_step">
        <dc:Bounds x="400" y="140" width="100" height="80"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="done_shape" bpmnElement="done">
        <dc:Bounds x="612" y="162" width="36" height="36"/>
        <bpmndi:BPMNLabel>
          <dc:Bounds x="603" y="205" width="54" height="14"/>
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to_first_step_edge" bpmnElement="to_first_step">
        <di:waypoint x="288" y="180"/>
        <di:waypoint x="400" y="180"/>
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to_done_edge" bpmnElement="to_done">
        <di:waypoint x="500" y="180"/>
        <di:waypoint x="612" y="180"/>
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
"""
_TABLE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" \
xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" \
id="definitions" name={name} namespace="https://ehcflow.example/dmn">
  <decision id={key} name={name}>
    <decisionTable id="table" hitPolicy="FIRST">
      <input id="input" label="Area">
        <inputExpression id="input_expression" typeRef="string">
          <text>area</text>
        </inputExpression>
      </input>
      <output id="output" label="Result" name="result" typeRef="string"/>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="diagram">
      <dmndi:DMNShape id="shape" dmnElementRef={key}>
        <dc:Bounds height="80" width="180" x="160" y="100"/>
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""


def process(key: str, name: str) -> bytes:
    """Return a process of one step in one lane, with what the engine needs to run it."""
    return _PROCESS.format(key=quoteattr(key), name=quoteattr(name)).encode()


def table(key: str, name: str) -> bytes:
    """Return a decision table of one input and one output, without a rule yet."""
    return _TABLE.format(key=quoteattr(key), name=quoteattr(name)).encode()
