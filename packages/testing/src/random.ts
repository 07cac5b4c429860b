/** A source of numbers that the same seed makes again. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
  /** From `least` to `most`. */
  between(least: number, most: number): number;
  /** One of them. */
  pick<T>(items: readonly T[]): T;
  /** All of them in another order. */
  shuffled<T>(items: readonly T[]): T[];
}

/** mulberry32: small, and good enough to choose by. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(items: readonly T[]): T => {
    const chosen = items[Math.floor(next() * items.length)];
    if (chosen === undefined) throw new RangeError('There is nothing to choose from.');
    return chosen;
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    pick,
    shuffled: (items) => {
      const left = [...items];
      return items.map(() => {
        const item = pick(left);
        left.splice(left.indexOf(item), 1);
        return item;
      });
    },
  };
}
