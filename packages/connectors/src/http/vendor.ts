/** What messages, errors and hints call an outside system. */
export interface Vendor {
  /** Id of the connector: `github`. */
  source: string;
  /** What people call it: `GitHub`. */
  title: string;
  /** What an address looks like: stands as the hint beside one that cannot be used. */
  addressHint: string;
  /** Where the permissions are listed: `docs/connectors/github.md`. */
  page: string;
}
