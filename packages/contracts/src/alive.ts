/** What an open page asks about what it stands on, at `/alive`. */
export interface Alive {
  /** What it shows can be had. */
  readonly data: boolean;
  /** Another page can be had. */
  readonly pages: boolean;
}
