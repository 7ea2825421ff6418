import type { RedactionRule } from '../redaction-rule.ts';
import { clientAddresses } from './addresses-of-machines.ts';
import { assignments } from './assignments.ts';
import { bankAccounts, paymentCards } from './cards-and-accounts.ts';
import { emailAddresses } from './email.ts';
import { commandSecrets } from './commands.ts';
import { authorizationHeaders, clusterSecrets } from './headers-and-cluster.ts';
import { environmentVariables } from './environment-variables.ts';
import { labelledPersonalData } from './labelled-personal-data.ts';
import { nationalIds } from './national-ids.ts';
import { oneTimeSecrets } from './one-time.ts';
import { passwordHashes } from './password-hashes.ts';
import { phoneNumbers } from './phone.ts';
import { placedPasswords } from './placed-passwords.ts';
import { prefixedTokens } from './prefixed-tokens.ts';
import { privateKeys } from './private-keys.ts';
import { recoveryCodes } from './recovery-codes.ts';
import { spelledAddresses } from './spelled-addresses.ts';
import { tables } from './tables.ts';
import { signedUrls, urlCredentials, webhookUrls } from './urls.ts';
import { infixTokens, vendorTokens, webTokens } from './vendor-tokens.ts';

/** Every rule; where two find the same place, the one that stands first names it. */
export const redactionRules: readonly RedactionRule[] = [
  privateKeys,
  vendorTokens,
  infixTokens,
  prefixedTokens,
  webTokens,
  webhookUrls,
  urlCredentials,
  signedUrls,
  authorizationHeaders,
  assignments,
  environmentVariables,
  passwordHashes,
  commandSecrets,
  clusterSecrets,
  tables,
  placedPasswords,
  oneTimeSecrets,
  recoveryCodes,
  emailAddresses,
  spelledAddresses,
  paymentCards,
  bankAccounts,
  phoneNumbers,
  nationalIds,
  clientAddresses,
  labelledPersonalData,
];
