/**
 * The techniques of MITRE ATT&CK for Enterprise: id, name, tactics. One line for a technique with the letters of its
 * tactics, below it its sub-techniques, which share the tactics. As of version 17.
 *
 * ATT&CK is a registered trademark of The MITRE Corporation. Written for this package: ids, names and tactics only.
 */
export const catalogue = `
T1595 RN Active Scanning
.001 Scanning IP Blocks
.002 Vulnerability Scanning
.003 Wordlist Scanning
T1592 RN Gather Victim Host Information
.001 Hardware
.002 Software
.003 Firmware
.004 Client Configurations
T1589 RN Gather Victim Identity Information
.001 Credentials
.002 Email Addresses
.003 Employee Names
T1590 RN Gather Victim Network Information
.001 Domain Properties
.002 DNS
.003 Network Trust Dependencies
.004 Network Topology
.005 IP Addresses
.006 Network Security Appliances
T1591 RN Gather Victim Org Information
.001 Determine Physical Locations
.002 Business Relationships
.003 Identify Business Tempo
.004 Identify Roles
T1598 RN Phishing for Information
.001 Spearphishing Service
.002 Spearphishing Attachment
.003 Spearphishing Link
.004 Spearphishing Voice
T1597 RN Search Closed Sources
.001 Threat Intel Vendors
.002 Purchase Technical Data
T1596 RN Search Open Technical Databases
.001 DNS/Passive DNS
.002 WHOIS
.003 Digital Certificates
.004 CDNs
.005 Scan Databases
T1593 RN Search Open Websites/Domains
.001 Social Media
.002 Search Engines
.003 Code Repositories
T1594 RN Search Victim-Owned Websites
T1650 RD Acquire Access
T1583 RD Acquire Infrastructure
.001 Domains
.002 DNS Server
.003 Virtual Private Server
.004 Server
.005 Botnet
.006 Web Services
.007 Serverless
.008 Malvertising
T1586 RD Compromise Accounts
.001 Social Media Accounts
.002 Email Accounts
.003 Cloud Accounts
T1584 RD Compromise Infrastructure
.001 Domains
.002 DNS Server
.003 Virtual Private Server
.004 Server
.005 Botnet
.006 Web Services
.007 Serverless
.008 Network Devices
T1587 RD Develop Capabilities
.001 Malware
.002 Code Signing Certificates
.003 Digital Certificates
.004 Exploits
T1585 RD Establish Accounts
.001 Social Media Accounts
.002 Email Accounts
.003 Cloud Accounts
T1588 RD Obtain Capabilities
.001 Malware
.002 Tool
.003 Code Signing Certificates
.004 Digital Certificates
.005 Exploits
.006 Vulnerabilities
.007 Artificial Intelligence
T1608 RD Stage Capabilities
.001 Upload Malware
.002 Upload Tool
.003 Install Digital Certificate
.004 Drive-by Target
.005 Link Target
.006 SEO Poisoning
T1659 IA,C2 Content Injection
T1189 IA Drive-by Compromise
T1190 IA Exploit Public-Facing Application
T1133 IA,PE External Remote Services
T1200 IA Hardware Additions
T1566 IA Phishing
.001 Spearphishing Attachment
.002 Spearphishing Link
.003 Spearphishing via Service
.004 Spearphishing Voice
T1091 IA,LM Replication Through Removable Media
T1195 IA Supply Chain Compromise
.001 Compromise Software Dependencies and Development Tools
.002 Compromise Software Supply Chain
.003 Compromise Hardware Supply Chain
T1199 IA Trusted Relationship
T1078 DE,PE,PR,IA Valid Accounts
.001 Default Accounts
.002 Domain Accounts
.003 Local Accounts
.004 Cloud Accounts
T1669 IA Wi-Fi Networks
T1651 EX Cloud Administration Command
T1059 EX Command and Scripting Interpreter
.001 PowerShell
.002 AppleScript
.003 Windows Command Shell
.004 Unix Shell
.005 Visual Basic
.006 Python
.007 JavaScript
.008 Network Device CLI
.009 Cloud API
.010 AutoHotKey & AutoIT
.011 Lua
.012 Hypervisor CLI
T1609 EX Container Administration Command
T1610 DE,EX Deploy Container
T1675 EX ESXi Administration Command
T1203 EX Exploitation for Client Execution
T1674 EX Input Injection
T1559 EX Inter-Process Communication
.001 Component Object Model
.002 Dynamic Data Exchange
.003 XPC Services
T1106 EX Native API
T1053 EX,PE,PR Scheduled Task/Job
.002 At
.003 Cron
.005 Scheduled Task
.006 Systemd Timers
.007 Container Orchestration Job
T1648 EX Serverless Execution
T1129 EX Shared Modules
T1072 EX,LM Software Deployment Tools
T1569 EX System Services
.001 Launchctl
.002 Service Execution
.003 Systemctl
T1204 EX User Execution
.001 Malicious Link
.002 Malicious File
.003 Malicious Image
.004 Malicious Copy and Paste
T1047 EX Windows Management Instrumentation
T1098 PE,PR Account Manipulation
.001 Additional Cloud Credentials
.002 Additional Email Delegate Permissions
.003 Additional Cloud Roles
.004 SSH Authorized Keys
.005 Device Registration
.006 Additional Container Cluster Roles
.007 Additional Local or Domain Groups
T1197 DE,PE BITS Jobs
T1547 PE,PR Boot or Logon Autostart Execution
.001 Registry Run Keys / Startup Folder
.002 Authentication Package
.003 Time Providers
.004 Winlogon Helper DLL
.005 Security Support Provider
.006 Kernel Modules and Extensions
.007 Re-opened Applications
.008 LSASS Driver
.009 Shortcut Modification
.010 Port Monitors
.012 Print Processors
.013 XDG Autostart Entries
.014 Active Setup
.015 Login Items
T1037 PE,PR Boot or Logon Initialization Scripts
.001 Logon Script (Windows)
.002 Login Hook
.003 Network Logon Script
.004 RC Scripts
.005 Startup Items
T1671 PE Cloud Application Integration
T1554 PE Compromise Host Software Binary
T1136 PE Create Account
.001 Local Account
.002 Domain Account
.003 Cloud Account
T1543 PE,PR Create or Modify System Process
.001 Launch Agent
.002 Systemd Service
.003 Windows Service
.004 Launch Daemon
.005 Container Service
T1546 PE,PR Event Triggered Execution
.001 Change Default File Association
.002 Screensaver
.003 Windows Management Instrumentation Event Subscription
.004 Unix Shell Configuration Modification
.005 Trap
.006 LC_LOAD_DYLIB Addition
.007 Netsh Helper DLL
.008 Accessibility Features
.009 AppCert DLLs
.010 AppInit DLLs
.011 Application Shimming
.012 Image File Execution Options Injection
.013 PowerShell Profile
.014 Emond
.015 Component Object Model Hijacking
.016 Installer Packages
.017 Udev Rules
T1668 PE Exclusive Control
T1574 PE,PR,DE Hijack Execution Flow
.001 DLL
.004 Dylib Hijacking
.005 Executable Installer File Permissions Weakness
.006 Dynamic Linker Hijacking
.007 Path Interception by PATH Environment Variable
.008 Path Interception by Search Order Hijacking
.009 Path Interception by Unquoted Path
.010 Services File Permissions Weakness
.011 Services Registry Permissions Weakness
.012 COR_PROFILER
.013 KernelCallbackTable
.014 AppDomainManager
T1525 PE Implant Internal Image
T1556 CA,DE,PE Modify Authentication Process
.001 Domain Controller Authentication
.002 Password Filter DLL
.003 Pluggable Authentication Modules
.004 Network Device Authentication
.005 Reversible Encryption
.006 Multi-Factor Authentication
.007 Hybrid Identity
.008 Network Provider DLL
.009 Conditional Access Policies
T1112 DE,PE Modify Registry
T1137 PE Office Application Startup
.001 Office Template Macros
.002 Office Test
.003 Outlook Forms
.004 Outlook Home Page
.005 Outlook Rules
.006 Add-ins
T1653 PE Power Settings
T1542 DE,PE Pre-OS Boot
.001 System Firmware
.002 Component Firmware
.003 Bootkit
.004 ROMMONkit
.005 TFTP Boot
T1505 PE Server Software Component
.001 SQL Stored Procedures
.002 Transport Agent
.003 Web Shell
.004 IIS Components
.005 Terminal Services DLL
.006 vSphere Installation Bundles
T1176 PE Software Extensions
.001 Browser Extensions
.002 IDE Extensions
T1205 C2,DE,PE Traffic Signaling
.001 Port Knocking
.002 Socket Filters
T1548 DE,PR Abuse Elevation Control Mechanism
.001 Setuid and Setgid
.002 Bypass User Account Control
.003 Sudo and Sudo Caching
.004 Elevated Execution with Prompt
.005 Temporary Elevated Cloud Access
.006 TCC Manipulation
T1134 DE,PR Access Token Manipulation
.001 Token Impersonation/Theft
.002 Create Process with Token
.003 Make and Impersonate Token
.004 Parent PID Spoofing
.005 SID-History Injection
T1484 DE,PR Domain or Tenant Policy Modification
.001 Group Policy Modification
.002 Trust Modification
T1611 PR Escape to Host
T1068 PR Exploitation for Privilege Escalation
T1055 DE,PR Process Injection
.001 Dynamic-link Library Injection
.002 Portable Executable Injection
.003 Thread Execution Hijacking
.004 Asynchronous Procedure Call
.005 Thread Local Storage
.008 Ptrace System Calls
.009 Proc Memory
.011 Extra Window Memory Injection
.012 Process Hollowing
.013 Process Doppelgänging
.014 VDSO Hijacking
.015 ListPlanting
T1612 DE Build Image on Host
T1622 DE,DI Debugger Evasion
T1140 DE Deobfuscate/Decode Files or Information
T1006 DE Direct Volume Access
T1672 DE Email Spoofing
T1480 DE Execution Guardrails
.001 Environmental Keying
.002 Mutual Exclusion
T1211 DE Exploitation for Defense Evasion
T1222 DE File and Directory Permissions Modification
.001 Windows File and Directory Permissions Modification
.002 Linux and Mac File and Directory Permissions Modification
T1564 DE Hide Artifacts
.001 Hidden Files and Directories
.002 Hidden Users
.003 Hidden Window
.004 NTFS File Attributes
.005 Hidden File System
.006 Run Virtual Instance
.007 VBA Stomping
.008 Email Hiding Rules
.009 Resource Forking
.010 Process Argument Spoofing
.011 Ignore Process Interrupts
.012 File/Path Exclusions
.013 Bind Mounts
.014 Extended Attributes
T1562 DE Impair Defenses
.001 Disable or Modify Tools
.002 Disable Windows Event Logging
.003 Impair Command History Logging
.004 Disable or Modify System Firewall
.006 Indicator Blocking
.007 Disable or Modify Cloud Firewall
.008 Disable or Modify Cloud Logs
.009 Safe Mode Boot
.010 Downgrade Attack
.011 Spoof Security Alerting
.012 Disable or Modify Linux Audit System
T1656 DE Impersonation
T1070 DE Indicator Removal
.001 Clear Windows Event Logs
.002 Clear Linux or Mac System Logs
.003 Clear Command History
.004 File Deletion
.005 Network Share Connection Removal
.006 Timestomp
.007 Clear Network Connection History and Configurations
.008 Clear Mailbox Data
.009 Clear Persistence
.010 Relocate Malware
T1202 DE Indirect Command Execution
T1036 DE Masquerading
.001 Invalid Code Signature
.002 Right-to-Left Override
.003 Rename Legitimate Utilities
.004 Masquerade Task or Service
.005 Match Legitimate Resource Name or Location
.006 Space after Filename
.007 Double File Extension
.008 Masquerade File Type
.009 Break Process Trees
.010 Masquerade Account Name
.011 Overwrite Process Arguments
T1578 DE Modify Cloud Compute Infrastructure
.001 Create Snapshot
.002 Create Cloud Instance
.003 Delete Cloud Instance
.004 Revert Cloud Instance
.005 Modify Cloud Compute Configurations
T1666 DE Modify Cloud Resource Hierarchy
T1601 DE Modify System Image
.001 Patch System Image
.002 Downgrade System Image
T1599 DE Network Boundary Bridging
.001 Network Address Translation Traversal
T1027 DE Obfuscated Files or Information
.001 Binary Padding
.002 Software Packing
.003 Steganography
.004 Compile After Delivery
.005 Indicator Removal from Tools
.006 HTML Smuggling
.007 Dynamic API Resolution
.008 Stripped Payloads
.009 Embedded Payloads
.010 Command Obfuscation
.011 Fileless Storage
.012 LNK Icon Smuggling
.013 Encrypted/Encoded File
.014 Polymorphic Code
.015 Compression
.016 Junk Code Insertion
.017 SVG Smuggling
T1647 DE Plist File Modification
T1620 DE Reflective Code Loading
T1207 DE Rogue Domain Controller
T1014 DE Rootkit
T1553 DE Subvert Trust Controls
.001 Gatekeeper Bypass
.002 Code Signing
.003 SIP and Trust Provider Hijacking
.004 Install Root Certificate
.005 Mark-of-the-Web Bypass
.006 Code Signing Policy Modification
T1218 DE System Binary Proxy Execution
.001 Compiled HTML File
.002 Control Panel
.003 CMSTP
.004 InstallUtil
.005 Mshta
.007 Msiexec
.008 Odbcconf
.009 Regsvcs/Regasm
.010 Regsvr32
.011 Rundll32
.012 Verclsid
.013 Mavinject
.014 MMC
.015 Electron Applications
T1216 DE System Script Proxy Execution
.001 PubPrn
.002 SyncAppvPublishingServer
T1221 DE Template Injection
T1127 DE Trusted Developer Utilities Proxy Execution
.001 MSBuild
.002 ClickOnce
.003 JamPlus
T1535 DE Unused/Unsupported Cloud Regions
T1550 DE,LM Use Alternate Authentication Material
.001 Application Access Token
.002 Pass the Hash
.003 Pass the Ticket
.004 Web Session Cookie
T1497 DE,DI Virtualization/Sandbox Evasion
.001 System Checks
.002 User Activity Based Checks
.003 Time Based Evasion
T1600 DE Weaken Encryption
.001 Reduce Key Space
.002 Disable Crypto Hardware
T1220 DE XSL Script Processing
T1557 CA,CO Adversary-in-the-Middle
.001 LLMNR/NBT-NS Poisoning and SMB Relay
.002 ARP Cache Poisoning
.003 DHCP Spoofing
.004 Evil Twin
T1110 CA Brute Force
.001 Password Guessing
.002 Password Cracking
.003 Password Spraying
.004 Credential Stuffing
T1555 CA Credentials from Password Stores
.001 Keychain
.002 Securityd Memory
.003 Credentials from Web Browsers
.004 Windows Credential Manager
.005 Password Managers
.006 Cloud Secrets Management Stores
T1212 CA Exploitation for Credential Access
T1187 CA Forced Authentication
T1606 CA Forge Web Credentials
.001 Web Cookies
.002 SAML Tokens
T1056 CO,CA Input Capture
.001 Keylogging
.002 GUI Input Capture
.003 Web Portal Capture
.004 Credential API Hooking
T1111 CA Multi-Factor Authentication Interception
T1621 CA Multi-Factor Authentication Request Generation
T1040 CA,DI Network Sniffing
T1003 CA OS Credential Dumping
.001 LSASS Memory
.002 Security Account Manager
.003 NTDS
.004 LSA Secrets
.005 Cached Domain Credentials
.006 DCSync
.007 Proc Filesystem
.008 /etc/passwd and /etc/shadow
T1528 CA Steal Application Access Token
T1649 CA Steal or Forge Authentication Certificates
T1558 CA Steal or Forge Kerberos Tickets
.001 Golden Ticket
.002 Silver Ticket
.003 Kerberoasting
.004 AS-REP Roasting
.005 Ccache Files
T1539 CA Steal Web Session Cookie
T1552 CA Unsecured Credentials
.001 Credentials In Files
.002 Credentials in Registry
.003 Shell History
.004 Private Keys
.005 Cloud Instance Metadata API
.006 Group Policy Preferences
.007 Container API
.008 Chat Messages
T1087 DI Account Discovery
.001 Local Account
.002 Domain Account
.003 Email Account
.004 Cloud Account
T1010 DI Application Window Discovery
T1217 DI Browser Information Discovery
T1580 DI Cloud Infrastructure Discovery
T1538 DI Cloud Service Dashboard
T1526 DI Cloud Service Discovery
T1619 DI Cloud Storage Object Discovery
T1613 DI Container and Resource Discovery
T1652 DI Device Driver Discovery
T1482 DI Domain Trust Discovery
T1083 DI File and Directory Discovery
T1615 DI Group Policy Discovery
T1654 DI Log Enumeration
T1046 DI Network Service Discovery
T1135 DI Network Share Discovery
T1201 DI Password Policy Discovery
T1120 DI Peripheral Device Discovery
T1069 DI Permission Groups Discovery
.001 Local Groups
.002 Domain Groups
.003 Cloud Groups
T1057 DI Process Discovery
T1012 DI Query Registry
T1018 DI Remote System Discovery
T1518 DI Software Discovery
.001 Security Software Discovery
T1082 DI System Information Discovery
T1614 DI System Location Discovery
.001 System Language Discovery
T1016 DI System Network Configuration Discovery
.001 Internet Connection Discovery
.002 Wi-Fi Discovery
T1049 DI System Network Connections Discovery
T1033 DI System Owner/User Discovery
T1007 DI System Service Discovery
T1124 DI System Time Discovery
T1673 DI Virtual Machine Discovery
T1210 LM Exploitation of Remote Services
T1534 LM Internal Spearphishing
T1570 LM Lateral Tool Transfer
T1563 LM Remote Service Session Hijacking
.001 SSH Hijacking
.002 RDP Hijacking
T1021 LM Remote Services
.001 Remote Desktop Protocol
.002 SMB/Windows Admin Shares
.003 Distributed Component Object Model
.004 SSH
.005 VNC
.006 Windows Remote Management
.007 Cloud Services
.008 Direct Cloud VM Connections
T1080 LM Taint Shared Content
T1560 CO Archive Collected Data
.001 Archive via Utility
.002 Archive via Library
.003 Archive via Custom Method
T1123 CO Audio Capture
T1119 CO Automated Collection
T1185 CO Browser Session Hijacking
T1115 CO Clipboard Data
T1530 CO Data from Cloud Storage
T1602 CO Data from Configuration Repository
.001 SNMP (MIB Dump)
.002 Network Device Configuration Dump
T1213 CO Data from Information Repositories
.001 Confluence
.002 Sharepoint
.003 Code Repositories
.004 Customer Relationship Management Software
.005 Messaging Applications
T1005 CO Data from Local System
T1039 CO Data from Network Shared Drive
T1025 CO Data from Removable Media
T1074 CO Data Staged
.001 Local Data Staging
.002 Remote Data Staging
T1114 CO Email Collection
.001 Local Email Collection
.002 Remote Email Collection
.003 Email Forwarding Rule
T1113 CO Screen Capture
T1125 CO Video Capture
T1071 C2 Application Layer Protocol
.001 Web Protocols
.002 File Transfer Protocols
.003 Mail Protocols
.004 DNS
.005 Publish/Subscribe Protocols
T1092 C2 Communication Through Removable Media
T1132 C2 Data Encoding
.001 Standard Encoding
.002 Non-Standard Encoding
T1001 C2 Data Obfuscation
.001 Junk Data
.002 Steganography
.003 Protocol or Service Impersonation
T1568 C2 Dynamic Resolution
.001 Fast Flux DNS
.002 Domain Generation Algorithms
.003 DNS Calculation
T1573 C2 Encrypted Channel
.001 Symmetric Cryptography
.002 Asymmetric Cryptography
T1008 C2 Fallback Channels
T1665 C2 Hide Infrastructure
T1105 C2 Ingress Tool Transfer
T1104 C2 Multi-Stage Channels
T1095 C2 Non-Application Layer Protocol
T1571 C2 Non-Standard Port
T1572 C2 Protocol Tunneling
T1090 C2 Proxy
.001 Internal Proxy
.002 External Proxy
.003 Multi-hop Proxy
.004 Domain Fronting
T1219 C2 Remote Access Tools
.001 IDE Tunneling
.002 Remote Desktop Software
.003 Remote Access Hardware
T1102 C2 Web Service
.001 Dead Drop Resolver
.002 Bidirectional Communication
.003 One-Way Communication
T1020 EF Automated Exfiltration
.001 Traffic Duplication
T1030 EF Data Transfer Size Limits
T1048 EF Exfiltration Over Alternative Protocol
.001 Exfiltration Over Symmetric Encrypted Non-C2 Protocol
.002 Exfiltration Over Asymmetric Encrypted Non-C2 Protocol
.003 Exfiltration Over Unencrypted Non-C2 Protocol
T1041 EF Exfiltration Over C2 Channel
T1011 EF Exfiltration Over Other Network Medium
.001 Exfiltration Over Bluetooth
T1052 EF Exfiltration Over Physical Medium
.001 Exfiltration over USB
T1567 EF Exfiltration Over Web Service
.001 Exfiltration to Code Repository
.002 Exfiltration to Cloud Storage
.003 Exfiltration to Text Storage Sites
.004 Exfiltration Over Webhook
T1029 EF Scheduled Transfer
T1537 EF Transfer Data to Cloud Account
T1531 IM Account Access Removal
T1485 IM Data Destruction
.001 Lifecycle-Triggered Deletion
T1486 IM Data Encrypted for Impact
T1565 IM Data Manipulation
.001 Stored Data Manipulation
.002 Transmitted Data Manipulation
.003 Runtime Data Manipulation
T1491 IM Defacement
.001 Internal Defacement
.002 External Defacement
T1561 IM Disk Wipe
.001 Disk Content Wipe
.002 Disk Structure Wipe
T1667 IM Email Bombing
T1499 IM Endpoint Denial of Service
.001 OS Exhaustion Flood
.002 Service Exhaustion Flood
.003 Application Exhaustion Flood
.004 Application or System Exploitation
T1657 IM Financial Theft
T1495 IM Firmware Corruption
T1490 IM Inhibit System Recovery
T1498 IM Network Denial of Service
.001 Direct Network Flood
.002 Reflection Amplification
T1496 IM Resource Hijacking
.001 Compute Hijacking
.002 Bandwidth Hijacking
.003 SMS Pumping
.004 Cloud Service Hijacking
T1489 IM Service Stop
T1529 IM System Shutdown/Reboot
`;

/** Ids that ATT&CK withdrew in favour of another: old configurations still name them. */
export const replaced = `
T1004 T1547.004
T1009 T1027.001
T1013 T1547.010
T1015 T1546.008
T1017 T1072
T1019 T1542.001
T1022 T1560
T1023 T1547.009
T1024 T1573
T1028 T1021.006
T1031 T1543.003
T1032 T1573
T1035 T1569.002
T1038 T1574.001
T1042 T1546.001
T1044 T1574.010
T1045 T1027.002
T1050 T1543.003
T1054 T1562.006
T1058 T1574.011
T1060 T1547.001
T1063 T1518.001
T1065 T1571
T1066 T1027.005
T1067 T1542.003
T1073 T1574.001
T1075 T1550.002
T1076 T1021.001
T1077 T1021.002
T1079 T1573
T1081 T1552.001
T1084 T1546.003
T1085 T1218.011
T1086 T1059.001
T1088 T1548.002
T1089 T1562.001
T1093 T1055.012
T1094 T1095
T1096 T1564.004
T1097 T1550.003
T1099 T1070.006
T1100 T1505.003
T1101 T1547.005
T1103 T1546.010
T1107 T1070.004
T1109 T1542.002
T1116 T1553.002
T1117 T1218.010
T1118 T1218.004
T1121 T1218.009
T1122 T1546.015
T1126 T1070.005
T1128 T1546.007
T1130 T1553.004
T1131 T1547.002
T1138 T1546.011
T1139 T1552.003
T1141 T1056.002
T1142 T1555.001
T1143 T1564.003
T1144 T1553.001
T1145 T1552.004
T1146 T1070.003
T1147 T1564.002
T1148 T1562.003
T1150 T1647
T1151 T1036.006
T1152 T1569.001
T1154 T1546.005
T1155 T1059.002
T1156 T1546.004
T1157 T1574.004
T1158 T1564.001
T1159 T1543.001
T1160 T1543.004
T1161 T1546.006
T1163 T1037.004
T1164 T1547.007
T1165 T1037.005
T1166 T1548.001
T1167 T1555.002
T1168 T1053
T1169 T1548.003
T1170 T1218.005
T1171 T1557.001
T1172 T1090.004
T1173 T1559.002
T1174 T1556.002
T1177 T1547.008
T1178 T1134.005
T1179 T1056.004
T1180 T1546.002
T1181 T1055.011
T1182 T1546.009
T1183 T1546.012
T1184 T1563.001
T1186 T1055.013
T1188 T1090.003
T1191 T1218.003
T1192 T1566.002
T1193 T1566.001
T1194 T1566.003
T1196 T1218.002
T1198 T1553.003
T1206 T1548.003
T1208 T1558.003
T1209 T1547.003
T1214 T1552.002
T1215 T1547.006
T1223 T1218.001
T1483 T1568.002
T1487 T1561.002
T1488 T1561.001
T1492 T1565.001
T1493 T1565.002
T1494 T1565.003
T1500 T1027.004
T1501 T1543.002
T1502 T1134.004
T1503 T1555.003
T1504 T1546.013
T1506 T1550.004
T1514 T1548.004
T1519 T1546.014
T1522 T1552.005
T1527 T1550.001
T1536 T1578.004
T1547.011 T1647
T1053.001 T1053.002
T1574.002 T1574.001
`;
