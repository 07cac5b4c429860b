import { parser } from '@prometheus-io/lezer-promql';
import type { SyntaxNode } from '@lezer/common';

export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A metric that an expression asks for, with what it asks of its labels. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

/** What an expression reads, and the labels that it groups or matches by. */
export interface Expression {
  readonly selectors: readonly Selector[];
  readonly grouped: readonly string[];
}

/**
 * Reads an expression with Prometheus' own grammar; throws where that does not understand it. Grafana's variables are no PromQL: whoever
 * reads panels puts values in their place before.
 */
export function readExpression(text: string): Expression {
  const selectors: Selector[] = [];
  const grouped: string[] = [];
  parser.parse(text).iterate({
    enter: ({ node, type }) => {
      if (type.isError) throw new SyntaxError(`Not PromQL at ${node.from}: ${text}`);
      if (type.name === 'VectorSelector') selectors.push(selectorOf(node, text));
      if (type.name === 'GroupingLabels')
        grouped.push(...node.getChildren('LabelName').map(({ from, to }) => text.slice(from, to)));
    },
  });
  return { selectors, grouped };
}

function selectorOf(node: SyntaxNode, text: string): Selector {
  const named = node.getChild('Identifier');
  const matchers = (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) =>
    matcherOf(matcher, text),
  );
  const metric =
    named === null ? matchers.find(({ label }) => label === '__name__')?.value : text.slice(named.from, named.to);
  if (metric === undefined) throw new SyntaxError(`A selector without a metric: ${text}`);
  return { metric, matchers };
}

const OPERATORS: readonly string[] = ['=', '!=', '=~', '!~'] satisfies Matcher['operator'][];

function matcherOf(node: SyntaxNode, text: string): Matcher {
  const part = (name: string): string => {
    const child = node.getChild(name);
    return child === null ? '' : text.slice(child.from, child.to);
  };
  const operator = part('MatchOp');
  if (!isOperator(operator)) throw new SyntaxError(`Not a matcher: ${text.slice(node.from, node.to)}`);
  return { label: part('LabelName'), operator, value: unquoted(part('StringLiteral')) };
}

const isOperator = (text: string): text is Matcher['operator'] => OPERATORS.includes(text);

function unquoted(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  const inside = literal.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  return inside;
}

/** Whether a matcher lets a value through, as Prometheus would: its regular expressions are anchored at both ends. */
export function lets({ operator, value }: Matcher, candidate: string): boolean {
  if (operator === '=') return candidate === value;
  if (operator === '!=') return candidate !== value;
  const matches = new RegExp(`^(?:${value})$`).test(candidate);
  return operator === '=~' ? matches : !matches;
}
