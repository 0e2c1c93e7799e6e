//! Mistakes in the Linux settings, limits and logs of containers outside pods.

use serde_json::json;

use super::container::{ANY, ON_EC2, set_inside};
use super::{Broken, Mutation, drop, free, put};

pub(super) fn mutations() -> Vec<Mutation> {
    [linux(), logs()].into_iter().flatten().collect()
}

fn linux() -> Vec<Mutation> {
    vec![
        free("swappiness out of range", &["JDP-060", "JDC-057", "OPS-082", "JDC-128"], ON_EC2, |subject| {
            let value = subject.random.one_of(&[101, -1]);
            set_inside(subject, "linuxParameters", json!({"maxSwap": 64, "swappiness": value}), "swappiness")
        }),
        free("less than no swap", &["JDP-052", "JDC-056", "OPS-081"], ON_EC2, |subject| {
            set_inside(subject, "linuxParameters", json!({"maxSwap": -1}), "maxSwap")
        }),
        free("shared memory with a unit", &["JDP-057", "JDC-055", "OPS-080"], ON_EC2, |subject| {
            set_inside(subject, "linuxParameters", json!({"sharedMemorySize": "64m"}), "sharedMemorySize")
        }),
        free("a device without path", &["JDP-045", "JDC-060", "OPS-085"], ON_EC2, |subject| {
            set_inside(
                subject,
                "linuxParameters",
                json!({"devices": [{"containerPath": "/dev/x"}]}),
                "devices[0].hostPath",
            )
        }),
        free("an unknown permission", &["JDP-047", "JDC-062", "OPS-085"], ON_EC2, |subject| {
            let device = json!({"hostPath": "/dev/fuse", "permissions": ["READ", "EXEC"]});
            set_inside(subject, "linuxParameters", json!({"devices": [device]}), "devices[0].permissions[1]")
        }),
        free("a tmpfs without size", &["JDP-072"], ON_EC2, |subject| {
            set_inside(
                subject,
                "linuxParameters",
                json!({"tmpfs": [{"containerPath": "/t"}]}),
                "tmpfs[0].size",
            )
        }),
        free("a tmpfs without path", &["JDP-069"], ON_EC2, |subject| {
            set_inside(subject, "linuxParameters", json!({"tmpfs": [{"size": 64}]}), "tmpfs[0].containerPath")
        }),
        put("a tmpfs at a relative path", &["JDP-070"], ON_EC2, ("Tmpfs", "containerPath"), |_| {
            json!("scratch")
        }),
        put("an unknown mount option", &["JDP-071"], ON_EC2, ("Tmpfs", "mountOptions"), |_| json!("ro")),
        free("a mount option that tmpfs does not have", &["JDP-071"], ON_EC2, |subject| {
            let list = subject.any("Tmpfs")?.key("mountOptions");
            Broken::at(subject.push(&list, "noquota"))
        }),
        free("a limit without hard limit", &["JDP-135", "JDC-068", "OPS-087"], ON_EC2, |subject| {
            set_inside(subject, "ulimits", json!([{"name": "nofile", "softLimit": 1}]), "[0].hardLimit")
        }),
        free("a limit without soft limit", &["JDP-136", "JDC-068", "OPS-087"], ON_EC2, |subject| {
            set_inside(subject, "ulimits", json!([{"name": "nofile", "hardLimit": 1}]), "[0].softLimit")
        }),
        free("a limit without name", &["JDP-134", "JDC-068", "OPS-087"], ON_EC2, |subject| {
            set_inside(subject, "ulimits", json!([{"softLimit": 1, "hardLimit": 1}]), "[0].name")
        }),
    ]
}

fn logs() -> Vec<Mutation> {
    vec![
        put("an unknown log driver", &["JDP-079"], ANY, ("LogConfiguration", "logDriver"), |random| {
            random.one_of(&["local", "logentries", "AWSLOGS"]).into()
        }),
        drop("no log driver", &["JDP-078"], ANY, ("LogConfiguration", "logDriver")),
        free("a log option that is a number", &["JDP-084", "JDC-070", "JDX-059"], ANY, |subject| {
            let path = subject.any("LogConfiguration")?.key("options");
            subject.set(&path, json!({"max-file": 3}));
            Broken::at(path.key("max-file"))
        }),
        free("a secret option without name", &["JDP-086"], ANY, |subject| {
            let list = subject.any("LogConfiguration")?.key("secretOptions");
            Broken::at(subject.push(&list, json!({"valueFrom": "/token"})).key("name"))
        }),
        free("a secret option without source", &["JDP-087"], ANY, |subject| {
            let list = subject.any("LogConfiguration")?.key("secretOptions");
            Broken::at(subject.push(&list, json!({"name": "token"})).key("valueFrom"))
        }),
    ]
}
