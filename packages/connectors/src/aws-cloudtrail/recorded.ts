import type { EventSelector, GetEventSelectorsResponse } from "@aws-sdk/client-cloudtrail";

/** What one trail records, as far as its selectors say. */
export interface Recorded {
  readonly reads: boolean; // management events
  readonly writes: boolean;
  readonly without: readonly string[]; // services whose management events it leaves out
  readonly data: readonly string[]; // types of things of which it records some data events
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html: a trail has the one kind or the other. */
export function recordedBy({ EventSelectors, AdvancedEventSelectors }: GetEventSelectorsResponse): Recorded {
  const each = [...(EventSelectors ?? []).map(basic), ...(AdvancedEventSelectors ?? []).map(advanced)];
  return joined(each);
}

/** Several together: left out is only what all of them leave out that record management events. */
export function joined(each: readonly Recorded[]): Recorded {
  const managing = each.filter(({ reads, writes }) => reads || writes);
  const [first, ...others] = managing;
  return {
    reads: each.some(({ reads }) => reads),
    writes: each.some(({ writes }) => writes),
    without: (first?.without ?? []).filter((one) => others.every(({ without }) => without.includes(one))).sort(),
    data: [...new Set(each.flatMap(({ data }) => data))].sort(),
  };
}

function basic({ ReadWriteType = "All", IncludeManagementEvents = true, ...more }: EventSelector): Recorded {
  return {
    reads: IncludeManagementEvents && ReadWriteType !== "WriteOnly",
    writes: IncludeManagementEvents && ReadWriteType !== "ReadOnly",
    without: more.ExcludeManagementEventSources ?? [],
    data: (more.DataResources ?? []).flatMap(({ Type }) => (Type ? [Type] : [])),
  };
}

type Advanced = NonNullable<GetEventSelectorsResponse["AdvancedEventSelectors"]>[number];

function advanced({ FieldSelectors = [] }: Advanced): Recorded {
  const of = (field: string) => FieldSelectors.find(({ Field }) => Field === field);
  const [category, readOnly, source] = [of("eventCategory")?.Equals ?? [], of("readOnly")?.Equals, of("eventSource")];
  const manages = category.includes("Management");
  return {
    reads: manages && !(readOnly?.length === 1 && readOnly[0] === "false"),
    writes: manages && !(readOnly?.length === 1 && readOnly[0] === "true"),
    without: manages ? (source?.NotEquals ?? []) : [],
    data: category.includes("Data") ? (of("resources.type")?.Equals ?? []) : [],
  };
}
