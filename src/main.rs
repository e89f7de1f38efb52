use std::sync::Arc;
use termsheet::level::check;
use termsheet::sim::game::Game;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let level = match check(&path, &text) { Ok(l) => l, Err(p) => { println!("{}", p.render(false)); return; } };
    let mut game = Game::new(Arc::new(level), 1);
    loop {
        let v = game.view(termsheet::ids::SeatId(0));
        let p = &v.published;
        print!("{:>5} mkt {:6.1} F {:5.1} ow {:5.1} ", game.calendar(p.quarter).to_string(), p.market.revenue_bn, p.frontier.points, p.frontier.open_weights);
        for g in &p.giants { print!("| {:4.1}% w{:4.1} u{:.2} c{:5.0} v{:5.0} a{:4.1} ", 100.0*g.share, 100.0*g.win_rate, g.utilisation, g.cash_bn-g.debt_bn, g.value_bn, g.access_points); }
        for (l,k) in p.labs.iter().zip(&v.labs) { print!("|| {:.2} C{:.0} gw{:.2} F{:.0} i{:.2} {:?} {:?}", l.revenue_bn, l.capability_points, l.compute_total_gw(), l.fundamental_bn, l.independence, k.runway_quarters.or(0.), k.cash_bn.or(0.)); }
        println!();
        if game.is_over() { break; }
        let q = game.quarter();
        while !game.is_over() && game.quarter() == q { game.advance(); }
    }
    let level = Arc::clone(game.level());
    let last = game.history().last().unwrap();
    for s in level.seat_ids() { println!("{} {:.1} {:?}", level.seat_key(s), last.scores.raw(&level, s), last.scores.goals[s.index()].iter().map(|g| (g.value*10.).round()/10.).collect::<Vec<_>>()); }
    let t = std::time::Instant::now();
    let n = 1000;
    for i in 0..n { game.restart(i); while !game.is_over() { game.advance(); } }
    println!("{:?} per game", t.elapsed() / n as u32);
    println!("{:?}", game.books().total());
}
