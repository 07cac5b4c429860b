type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element with its children, indented, or with a text, escaped. */
export function element(name: string, attributes: Attributes, content: readonly string[] | string = []): string {
  const opening = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escape(String(value))}"`)].join(
    ' ',
  );
  if (typeof content === 'string') return `<${opening}>${escape(content)}</${name}>`;
  if (content.length === 0) return `<${opening}/>`;
  const inner = content.map((child) => child.replaceAll(/^/gm, '  ')).join('\n');
  return `<${opening}>\n${inner}\n</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
