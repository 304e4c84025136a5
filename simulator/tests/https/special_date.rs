//! The life of special dates.

use isales_simulator::{Script, Simulator, SpecialDate};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{rows, start, start_with};

const BASE: &str = "/rest/isales/v1/openapi/campaigns/25/holiday/46";

fn week(name: &str) -> Value {
    json!({"name": name, "type": 1, "week": "6,7", "beginTime": null, "endTime": null})
}

fn kept(name: &str) -> SpecialDate {
    serde_json::from_value(week(name)).unwrap()
}

#[tokio::test]
async fn a_date_is_added_listed_modified_and_deleted() {
    let (simulator, client) = start();
    let added = client.post(BASE, &week("Weekend").to_string()).await;
    assert_eq!(added["resultCode"], "0200000");
    // No copy of the page shows an ID.
    assert_eq!(added.as_object().unwrap().len(), 4, "{added}");

    let list = client.get_json(BASE).await;
    let [row] = &rows(&list)[..] else {
        panic!("{list}");
    };
    let id = row["id"].as_i64().unwrap();
    let mut expected = week("Weekend");
    expected["id"] = json!(id);
    assert_eq!(*row, expected);
    assert!(list.get("returnCode").is_none(), "{list}");

    let modified = json!({
        "id": id, "name": "Feast", "type": 2, "week": null,
        "beginTime": "2018-09-22", "endTime": "2018-09-24",
    });
    let reply = client
        .send_json(Method::PUT, BASE, &modified.to_string())
        .await;
    assert_eq!(reply, json!({"resultCode": "0200000", "resultDesc": ""}));
    assert_eq!(rows(&client.get_json(BASE).await), &[modified]);

    let one = format!("{BASE}/{id}");
    let reply = client.send_json(Method::DELETE, &one, "").await;
    assert_eq!(reply, json!({"resultCode": "0200000", "resultDesc": ""}));
    assert!(simulator.special_dates(25, 46).is_empty());
    let again = client.send_json(Method::DELETE, &one, "").await;
    assert_eq!(again["resultCode"], "0200014");
}

#[tokio::test]
async fn each_interface_has_its_codes() {
    let (simulator, client) = start();
    let id = simulator.add_special_date(25, 46, kept("a")).unwrap();
    simulator.add_special_date(25, 46, kept("b")).unwrap();
    let other = BASE.replace("/46", "/48");
    let with_id = |id: i64, name: &str| {
        let mut body = week(name);
        body["id"] = json!(id);
        body.to_string()
    };
    let bad_time = json!({"name": "c", "type": 3, "beginTime": "02-30", "endTime": "03-01"});
    for (method, target, body, code) in [
        (Method::GET, &*other, String::new(), "0200007"),
        (Method::POST, &other, week("c").to_string(), "0200007"),
        (Method::PUT, &other, with_id(id, "c"), "0200007"),
        (Method::DELETE, &other, String::new(), "0200007"),
        (Method::POST, BASE, week("a").to_string(), "0200013"),
        (Method::PUT, BASE, with_id(id, "b"), "0200013"),
        (Method::PUT, BASE, with_id(7, "c"), "0200014"),
        (Method::POST, BASE, bad_time.to_string(), "0200030"),
        (Method::PUT, BASE, week("c").to_string(), "02000001"),
        (Method::POST, BASE, with_id(id, "c"), "0200001"),
        (Method::PUT, BASE, with_id(id, "a"), "0200000"),
    ] {
        let reply = client.send_json(method.clone(), target, &body).await;
        assert_eq!(reply["resultCode"], code, "{method} {target} {body}");
    }
}

#[tokio::test]
async fn a_campaign_has_twenty_dates_at_most() {
    let (simulator, client) = start();
    for number in 1..=20 {
        let body = week(&number.to_string()).to_string();
        let reply = client.post(BASE, &body).await;
        assert_eq!(reply["resultCode"], "0200000", "{number}");
    }
    let reply = client.post(BASE, &week("21").to_string()).await;
    assert_eq!(reply["resultCode"], "0200015");
    assert_eq!(simulator.special_dates(25, 46).len(), 20);
    // Another campaign has its own.
    let other = BASE.replace("/46", "/47");
    let reply = client.post(&other, &week("1").to_string()).await;
    assert_eq!(reply["resultCode"], "0200000");

    let reply = client.send_json(Method::DELETE, BASE, "").await;
    assert_eq!(reply["resultCode"], "0200000");
    assert!(simulator.special_dates(25, 46).is_empty());
}

#[tokio::test]
async fn a_stale_list_shows_what_was_there_before_the_last_change() {
    let (simulator, client) = start();
    client.post(BASE, &week("a").to_string()).await;
    client.post(BASE, &week("b").to_string()).await;
    simulator.script(Script::stale().method("GET"));
    assert_eq!(rows(&client.get_json(BASE).await).len(), 1);
    assert_eq!(rows(&client.get_json(BASE).await).len(), 2);
}

#[tokio::test]
async fn dates_outlive_the_server_and_ids_are_not_used_twice() {
    let directory = tempfile::tempdir().unwrap();
    let start = || {
        let builder = Simulator::builder().campaign(25, 46);
        start_with(builder.state_file(directory.path().join("state.json")))
    };
    let (simulator, client) = start();
    client.post(BASE, &week("a").to_string()).await;
    let before = simulator.special_dates(25, 46);
    assert_eq!(before.len(), 1);
    simulator.stop().await;
    let (simulator, client) = start();
    assert_eq!(simulator.special_dates(25, 46), before);
    client
        .at(&simulator)
        .post(BASE, &week("b").to_string())
        .await;
    let after = simulator.special_dates(25, 46);
    assert_eq!(after.len(), 2);
    let (first, _) = before.first_key_value().unwrap();
    assert_eq!(after[first], kept("a"));
}
