import type { SyntaxNode } from '@lezer/common';
import { childrenOf, nodesOf, textOf, type Parsed } from './parsed.ts';

/** The constants of an expression: `2 * 1024 ^ 3` is one, and so is what is left to 1 of each, as dials show the opposite. */
export function numbersOf(expression: Parsed): number[] {
  const all = nodesOf(expression.root)
    .map((node) => numberOf(expression, node))
    .filter((number) => number !== undefined);
  return [...all, ...all.map((number) => 1 - number)];
}

function numberOf(expression: Parsed, node: SyntaxNode): number | undefined {
  if (node.name === 'NumberDurationLiteral') return Number(textOf(expression, node));
  if (node.name !== 'BinaryExpr') return undefined;
  const [left, operator, right] = childrenOf(node);
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  const [one, other] = [numberOf(expression, left), numberOf(expression, right)];
  if (one === undefined || other === undefined) return undefined;
  if (operator.name === 'Mul') return one * other;
  return operator.name === 'Pow' ? one ** other : undefined;
}
