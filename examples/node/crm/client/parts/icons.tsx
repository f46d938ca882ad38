// The few signs of the page. They say nothing by themselves: what they are on has a name.

const sign = (path: string) =>
  function Sign() {
    return (
      <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
        <path d={path} />
      </svg>
    );
  };

export const Cross = sign("M4 4l8 8M12 4l-8 8");
export const Plus = sign("M8 3v10M3 8h10");
export const Up = sign("M8 13V3M4 7l4-4 4 4");
export const Down = sign("M8 3v10M4 9l4 4 4-4");
export const Left = sign("M10 3L5 8l5 5");
export const Right = sign("M6 3l5 5-5 5");
export const FarLeft = sign("M8.5 3l-5 5 5 5M13 3L8 8l5 5");
export const FarRight = sign("M7.5 3l5 5-5 5M3 3l5 5-5 5");
export const Dots = sign("M3 8h.01M8 8h.01M13 8h.01");
export const Glass = sign("M7 11.5a4.5 4.5 0 100-9 4.5 4.5 0 000 9zM10.5 10.5L14 14");
export const Tick = sign("M3 8.5l3.5 3.5L13 4.5");
export const Funnel = sign("M2 3h12L9.5 8.5V13l-3-1.5v-3z");
