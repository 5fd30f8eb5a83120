"""Run any BPMN diagram durably: tasks, timers, messages and versions. Knows nothing of SEND."""
