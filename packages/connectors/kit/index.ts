export { askAws, isMissing, sayAws, verbOf } from "./aws.ts";
export { IDENTITY_PATHS, inSso, isIdentityCenter, readActor, UserIdentity } from "./aws-actor.ts";
export { type Bucket, type BucketObject, getObject, listObjects } from "./aws-bucket.ts";
export { type Asks, missingIn } from "./aws-check.ts";
export { awsPlace, placeAgrees, roleCredentials } from "./aws-connect.ts";
export { endpointFor, pointedBy, regionFor } from "./aws-endpoint.ts";
export { exposedHolder, exposedKey, holderOf, type Principal, timeIn } from "./aws-exposed.ts";
export {
  accessKey,
  accountOf,
  awsCredential,
  awsIdentity,
  behindArn,
  emailAccount,
  googleAccount,
  iamIdentity,
  iamRole,
  iamRoleArn,
  iamUserAccount,
  iamUserArn,
  identityCenterAccount,
  isEmail,
  isSessionKey,
  keySession,
  loginProfile,
  oktaAccount,
  partitionOf,
  unmasked,
  withoutPath,
} from "./aws-ids.ts";
export { askJson } from "./aws-json.ts";
export { fewAtOnce, type Looking, lookAt, lookAtAll } from "./aws-look.ts";
export { type LookedUp, type LookupAsk, lookupEvents } from "./aws-lookup.ts";
export { objectUrl } from "./aws-object-url.ts";
export { ONCE, pacedSend } from "./aws-paced.ts";
export { inAccounts } from "./aws-places.ts";
export { type ProfilePlace, profileAccount, profileKeys } from "./aws-profile.ts";
export { readerIn } from "./aws-reader.ts";
export { awsRegions, pageOfRegions, type RegionalList } from "./aws-regions.ts";
export { type RegionalSettings, regionalCredentials, regionalSettings } from "./aws-settings.ts";
export type { Signing } from "./aws-signed.ts";
export { ownerIn } from "./aws-tags.ts";
export { cloudTrailEnvelope, isRefusal } from "./cloudtrail.ts";
export {
  type Answered,
  type Ask,
  createHttp,
  type Fetch,
  type Http,
  type HttpSettings,
  type Planned,
  pathOf,
  shaped,
} from "./http.ts";
export { DESK_PATIENCE, inOneGo, type Pacer, startPacer } from "./pacer.ts";
export { altered, isMarked, marked } from "./probing.ts";
export { type Broken, isDamaged, type Read, recordsIn, type Spot } from "./records/index.ts";
export { refusedBy, refusedTo } from "./refusal.ts";
export { ROUTED } from "./routed.ts";
export { type Asked, type Reply, type Served, type Serving, serve } from "./serve.ts";
export { SecretName, SettingText, signingNameOf } from "./settings.ts";
export { Sha256 } from "./sha256.ts";
export {
  isJson,
  isNear,
  isSecret,
  isSigned,
  jsonIn,
  notAccepted,
  notProved,
  notTimely,
  signatureOf,
} from "./signature.ts";
export type { Hooking, Live, Memory, Mood, Press, Sample, Simulated, Simulator } from "./simulator.ts";
export { type Keys, suffixOf } from "./sts.ts";
