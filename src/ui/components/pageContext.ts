// What every part of the page works with, and how it gets hold of it.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Page } from '../../page/page.ts';
import type { PageState } from '../../page/state/store.ts';

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('No page around this part.');
  return page;
}

/** A part of the state, which must be the same object as long as nothing in it changed. */
export function usePageState<Part>(select: (state: PageState) => Part): Part {
  return useStore(usePage().store, select);
}
