// Mend of moddle-xml 12: where a file means another namespace by a prefix that we know by ours (such
// as camunda for Activiti's), it could be read and never be written. The prefix gets another name.

const OURS: Readonly<Record<string, string>> = {
  bioc: "http://bpmn.io/schema/bpmn/biocolor/1.0",
  bpmn: "http://www.omg.org/spec/BPMN/20100524/MODEL",
  bpmndi: "http://www.omg.org/spec/BPMN/20100524/DI",
  camunda: "http://camunda.org/schema/1.0/bpmn",
  color: "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
  dc: "http://www.omg.org/spec/DD/20100524/DC",
  di: "http://www.omg.org/spec/DD/20100524/DI",
};
// A comment, a text section or a tag; a “>” within quotes ends no tag.
const TAGS = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(?:"[^"]*"|'[^']*'|[^'">])*>/g;
const DECLARED = /xmlns:([\w.-]+)\s*=\s*["']([^"']*)["']/g;

function renamed(tag: string, prefix: string, fresh: string): string {
  const name = new RegExp(`(xsi:type\\s*=\\s*["'])${prefix}:|("[^"]*"|'[^']*')|\\b${prefix}:`, "g");
  const written = tag.replace(name, (found: string, type?: string, quoted?: string) => {
    if (quoted !== undefined) {
      return found;
    }
    return `${type ?? ""}${fresh}:`;
  });
  return written.replace(new RegExp(`xmlns:${prefix}(?=\\s*=)`, "g"), `xmlns:${fresh}`);
}

/** The same file with foreign meanings of our prefixes under other names. */
export function freed(xml: string): string {
  const foreign = new Set<string>();
  const known = new Set<string>();
  for (const [, prefix = "", uri] of xml.matchAll(DECLARED)) {
    (OURS[prefix] && OURS[prefix] !== uri ? foreign : known).add(prefix);
  }
  let text = xml;
  for (const prefix of foreign) {
    if (known.has(prefix)) {
      continue; // It means both, in different places: renaming would mix them.
    }
    const fresh = `other_${prefix}`;
    text = text.replace(TAGS, (tag) => (tag.startsWith("<!") ? tag : renamed(tag, prefix, fresh)));
  }
  return text;
}
