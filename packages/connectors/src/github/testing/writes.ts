/** One request that asked the twin to change something, each time that it arrived. */
export interface TwinWrite {
  at: number;
  method: string;
  /** Without `/api/v3`. */
  path: string;
  /** What it is: `PUT merge`, `POST comments` and so on. */
  kind: string;
  body: unknown;
  status: number;
  /** Whether the twin changed anything. */
  applied: boolean;
  /** The switch that decided what became of it. */
  fault: string | null;
}

/** A write as a fault's function sees it. */
export interface WriteOccasion {
  method: string;
  path: string;
  body: unknown;
}
