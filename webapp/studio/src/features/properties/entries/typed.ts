// A value that is typed: it is kept some moments after the last key, and when the entry goes away.

import { useEffect, useRef, useState } from "@bpmn-io/properties-panel/preact/hooks";

const KEEP_AFTER_MS = 400;

export interface Typed {
  readonly value: string;
  readonly type: (value: string) => void;
  readonly keep: () => void;
}

export function useTyped(value: string, change: (value: string) => void): Typed {
  const [local, setLocal] = useState(value);
  const pending = useRef<{ value: string; change: (value: string) => void } | undefined>(undefined);
  const timer = useRef(0);

  const keep = () => {
    window.clearTimeout(timer.current);
    const kept = pending.current;
    pending.current = undefined;
    kept?.change(kept.value);
  };
  useEffect(() => keep, []);
  useEffect(() => {
    if (!pending.current) {
      setLocal(value);
    }
  }, [value]);
  const type = (typed: string) => {
    setLocal(typed);
    pending.current = { value: typed, change };
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(keep, KEEP_AFTER_MS);
  };
  return { value: local, type, keep };
}
