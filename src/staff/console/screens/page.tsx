// A plain screen: a title, and a column of content that scrolls.
import type { ReactNode } from 'react';
import css from './page.module.css';

export function Page({
  title,
  about,
  aside,
  children,
}: {
  title: string;
  about?: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={css['page']}>
      <div className={css['column']}>
        <div className={css['head']}>
          <div>
            <h1 className={css['title']}>{title}</h1>
            {about !== undefined && <p className={css['about']}>{about}</p>}
          </div>
          {aside}
        </div>
        {children}
      </div>
    </div>
  );
}

export function Box({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={css['box']}>
      {title !== undefined && <h2 className={css['boxTitle']}>{title}</h2>}
      {children}
    </section>
  );
}
