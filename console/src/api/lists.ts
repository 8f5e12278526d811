/** A page of a list, as every list of the API is answered. */
export interface ListPage<T> {
  data: T[];
  has_more: boolean;
  total_count?: number | null | undefined;
}

export interface ListRequest {
  limit: number;
  after?: string;
  order: 'ASC' | 'DESC';
  /** Conditions, as `state=registered&name__like=pump`. */
  filter?: string;
  include?: 'total_count';
}

/** All items of a list, page by page, as long as somebody asks for the next. */
export async function* eachOf<T extends { id: string }>(read: (request: ListRequest) => Promise<ListPage<T>>, filter: string): AsyncGenerator<T> {
  for (let after: string | undefined; ; ) {
    const page = await read({ limit: 500, order: 'ASC', filter, ...(after ? { after } : {}) });
    yield* page.data;
    after = page.data.at(-1)?.id;
    if (!page.has_more || !after) return;
  }
}
