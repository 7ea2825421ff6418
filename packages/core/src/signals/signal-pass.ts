/** What one pass of the rules did. */
export interface SignalPass {
  rules: number;
  judged: number;
  opened: number;
  resolved: number;
  open: number;
}
