interface Where {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string | undefined;
}

/** A name with dots does not fit the certificate, so it stands in the path. Each part of a key is encoded as S3 signs it. */
export function objectUrl({ bucket, region, endpoint }: Where, key: string): URL {
  const path = key.split("/").map(encoded).join("/");
  if (endpoint !== undefined) return new URL(`/${bucket}/${path}`, endpoint);
  const host = `s3.${region}.amazonaws.com`;
  return new URL(bucket.includes(".") ? `https://${host}/${bucket}/${path}` : `https://${bucket}.${host}/${path}`);
}

const encoded = (part: string): string =>
  encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
