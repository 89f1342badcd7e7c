import type { Provider } from "@leasehold/app/world";
import type { Gap, Looked, Page } from "@leasehold/core/connector";
import { badInput, type Fault, type Instant } from "@leasehold/core/kernel";
import type { Signal } from "@leasehold/core/signal";

/** A provider that can only be listed: its pages are what a test says, and a page may be a fault. */
export interface Listed extends Provider {
  pages: readonly (readonly Signal[] | Fault)[];
  gaps?: readonly Gap[]; // of its last page
  looked?: readonly Looked[]; // on its last page
  cut: boolean; // the last page says that it is not whole
  readonly looks: (string | undefined)[]; // cursors
}

export function listed(id: string, title: string): Listed {
  const one: Listed = {
    ...{ id, title, mode: "observe", hands: [], pages: [], cut: false, looks: [] },
    ...{ person: undefined, since: undefined, desk: undefined },
    ...{ proof: "fixtures", listens: undefined, check: undefined },
    page: async (cursor: string | undefined, _now: Instant): Promise<Page> => {
      one.looks.push(cursor);
      const n = Number(cursor ?? 0);
      const page = one.pages[n];
      if (page === undefined) throw badInput("there is no such page", { n });
      if (!Array.isArray(page)) throw page;
      const last = n === one.pages.length - 1;
      return {
        signals: page,
        next: last ? undefined : String(n + 1),
        whole: !(last && one.cut),
        ...(last && one.gaps && { gaps: one.gaps }),
        ...(last && one.looked && { looked: one.looked }),
      };
    },
  };
  return one;
}
