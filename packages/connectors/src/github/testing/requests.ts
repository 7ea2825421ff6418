/** One request that the twin has answered. It holds no header, and so no token. */
export interface TwinRequest {
  at: number;
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  isGraphql: boolean;
  operationName: string | null;
  /** The GraphQL text; what it says can be held against the published schema. */
  document: string | null;
  variables: Readonly<Record<string, unknown>>;
  /** Points or, for REST, requests that it cost. */
  cost: number;
  /** GraphQL nodes that it asked for at most. */
  nodes: number;
  /** What it loaded, in the measure of `limits.weight`. */
  weight: number;
  status: number;
  /** The switch or limit that decided the answer. */
  fault: string | null;
  /** What the twin could not imitate, and so refused. */
  notImitated: string | null;
}
