/** What the reconciler does again and again. It may be done twice, or by two at once, without harm. */
export interface Step {
  readonly everyMs: number;
  run(turn: Turn): Promise<void>;
}

export interface Turn {
  /** Whether this replica is still elected and is not being stopped. Long work asks between its parts. */
  goesOn(): boolean;
}
