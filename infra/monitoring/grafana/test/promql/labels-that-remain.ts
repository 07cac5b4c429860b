import type { SyntaxNode } from '@lezer/common';
import { labelsOf } from '../../../src/query-complaints.ts';
import { TARGET_LABELS } from '../../../src/foreign-metrics.ts';
import { childrenOf, nodesOf, textOf, type Parsed } from './parsed.ts';

/** The labels that the series have which an expression gives: a legend can name no others. */
export function labelsThatRemain(expression: Parsed, node: SyntaxNode = expression.root): string[] {
  const children = childrenOf(node);
  const first = children[0];
  if (first === undefined) return [];
  switch (node.name) {
    case 'VectorSelector':
      return [...TARGET_LABELS, ...Object.keys(labelsOf(textOf(expression, first)) ?? {})];
    case 'AggregateExpr':
      return aggregated(expression, node, textOf(expression, first));
    case 'FunctionCall':
      return called(expression, node, textOf(expression, first));
    case 'BinaryExpr': {
      // A comparison or arithmetic with a number keeps the other side's.
      const sides = children.filter(({ name }) => /Expr$|Call$|Selector$/.test(name) && name !== 'OffsetExpr');
      const labels = sides.map((side) => labelsThatRemain(expression, side));
      return labels.find((each) => each.length > 0) ?? [];
    }
    default:
      return children.flatMap((child) => labelsThatRemain(expression, child));
  }
}

function aggregated(expression: Parsed, node: SyntaxNode, operator: string): string[] {
  const body = childrenOf(node).find(({ name }) => name === 'FunctionCallBody');
  const inner = body === undefined ? [] : labelsThatRemain(expression, body);
  if (operator === 'topk') return inner;
  const by = childrenOf(node).find(({ name }) => name === 'AggregateModifier');
  return by === undefined ? [] : nodesOf(by, 'LabelName').map((label) => textOf(expression, label));
}

function called(expression: Parsed, node: SyntaxNode, name: string): string[] {
  const body = childrenOf(node).find((child) => child.name === 'FunctionCallBody');
  const inner = body === undefined ? [] : labelsThatRemain(expression, body);
  if (name === 'histogram_quantile') return inner.filter((label) => label !== 'le');
  if (name !== 'label_replace' || body === undefined) return inner;
  const made = childrenOf(body).find((child) => child.name === 'StringLiteral');
  return made === undefined ? inner : [...inner, textOf(expression, made).slice(1, -1)];
}
