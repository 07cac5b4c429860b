import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** An expression and what Prometheus' own grammar makes of it. */
export interface Parsed {
  readonly text: string;
  readonly root: SyntaxNode;
}

/** Values are put in the place of variables first, as Grafana does: of those of a dashboard, all. */
export function parsed(expression: string): Parsed {
  const text = expression
    .replaceAll('$__rate_interval', '5m')
    .replaceAll('$__range', '6h')
    .replaceAll(/"\$\w+"/g, '".+"');
  const root = parser.parse(text).topNode;
  const slips = nodesOf(root).filter((node) => node.type.isError);
  if (slips.length > 0) throw new Error(`At character ${slips[0]?.from} this is no PromQL: ${expression}`);
  return { text, root };
}

export function nodesOf(root: SyntaxNode, name?: string): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  root.cursor().iterate((ref) => {
    if (name === undefined || ref.name === name) nodes.push(ref.node);
  });
  return nodes;
}

export function textOf({ text }: Parsed, node: SyntaxNode): string {
  return text.slice(node.from, node.to);
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
