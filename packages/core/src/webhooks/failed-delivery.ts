/** A webhook that failed to arrive, and the way to have it sent again. */
export interface FailedDelivery {
  /** The source's own name of the delivery: the same for each time that it is sent. */
  deliveryId: string;
  event: string;
  /** Whose webhook it is: `acme/api`. */
  place: string;
  /** @unit epoch milliseconds */
  failedAt: number;
  /** Asks the source to send it again. @throws AdjutantError */
  sendAgain(): Promise<void>;
}
