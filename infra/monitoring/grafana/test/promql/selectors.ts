import type { SyntaxNode } from '@lezer/common';
import { childrenOf, nodesOf, textOf, type Parsed } from './parsed.ts';

export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** What is asked of Prometheus, and what is done with it. */
export interface Selector {
  readonly name: string;
  readonly matchers: readonly Matcher[];
  /** Functions and aggregations around it, the nearest first: `rate`, `sum`. */
  readonly around: readonly string[];
  readonly isRange: boolean;
  readonly range: string | undefined;
}

export function selectorsOf(expression: Parsed): Selector[] {
  return nodesOf(expression.root, 'VectorSelector').map((node) => ({
    name: childrenOf(node)
      .filter((child) => child.name === 'Identifier')
      .map((child) => textOf(expression, child))
      .join(''),
    matchers: nodesOf(node, 'UnquotedLabelMatcher').map((matcher) => matcherOf(expression, matcher)),
    around: aroundOf(expression, node),
    isRange: node.parent?.name === 'MatrixSelector',
    range: node.parent?.name === 'MatrixSelector' ? rangeOf(expression, node.parent) : undefined,
  }));
}

function matcherOf(expression: Parsed, node: SyntaxNode): Matcher {
  const [label = '', operator = '', quoted = ''] = childrenOf(node).map((child) => textOf(expression, child));
  return { label, operator, value: quoted.slice(1, -1) };
}

function rangeOf(expression: Parsed, matrix: SyntaxNode): string {
  return /\[(.+)\]$/.exec(textOf(expression, matrix))?.[1] ?? '';
}

function aroundOf(expression: Parsed, node: SyntaxNode): string[] {
  const around: string[] = [];
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    const [first] = childrenOf(parent);
    if (first !== undefined && (parent.name === 'FunctionCall' || parent.name === 'AggregateExpr'))
      around.push(textOf(expression, first));
  }
  return around;
}
