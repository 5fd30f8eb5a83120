// What elements are called, in the words of process owners.

import type { Moddle } from "../modeler/services.ts";
import { listOf } from "../modeler/services.ts";

const NAMES: Readonly<Record<string, string>> = {
  "bpmn:BoundaryEvent": "Boundary event",
  "bpmn:BusinessRuleTask": "Decision table task",
  "bpmn:CallActivity": "Call of another process",
  "bpmn:Collaboration": "Diagram",
  "bpmn:EndEvent": "End",
  "bpmn:EventBasedGateway": "Wait for the first of several",
  "bpmn:ExclusiveGateway": "Question (one way)",
  "bpmn:InclusiveGateway": "Question (one or more ways)",
  "bpmn:IntermediateCatchEvent": "Wait",
  "bpmn:IntermediateThrowEvent": "Event",
  "bpmn:Lane": "Lane",
  "bpmn:ParallelGateway": "Ways in parallel",
  "bpmn:Participant": "Pool",
  "bpmn:Process": "Process",
  "bpmn:ReceiveTask": "Wait for a message",
  "bpmn:ScriptTask": "Assignments",
  "bpmn:SendTask": "Send a message",
  "bpmn:SequenceFlow": "Flow",
  "bpmn:ServiceTask": "Automatic step",
  "bpmn:StartEvent": "Start",
  "bpmn:SubProcess": "Subprocess",
  "bpmn:Task": "Task",
  "bpmn:UserTask": "Task for a person",
};

export function kindOf(drawn: Moddle): string {
  const definition = listOf(drawn, "eventDefinitions")[0]?.$type ?? "";
  const event = definition.replace("bpmn:", "").replace("EventDefinition", "").toLowerCase();
  const name = NAMES[drawn.$type] ?? drawn.$type.replace("bpmn:", "");
  return event ? `${name}: ${event}` : name;
}
