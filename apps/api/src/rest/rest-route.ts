/** Where a procedure is found under /api/v1. `{name}` in the path is a field of its input. */
export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  /** Status of the answer; 204 has no body. */
  readonly status: 200 | 201 | 204;
  /** One line for the documentation. */
  readonly summary: string;
}
